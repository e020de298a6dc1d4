"""The `advice` commands about golden questions, pinned answers and the impact of a change."""

import sys
from pathlib import Path

import click

from knowledge.editions.pinned import PIN_STATES
from knowledge.evaluation.impact import DIFFERENCES, KINDS, Row, blocking
from knowledge.service import Service
from web.cli.actor import command_actor
from web.cli.guidance import pass_service, progress_bars
from web.staff.editor.changes import change_named
from web.staff.golden import all_golden, import_golden
from web.staff.impact import asked_of, impact_of
from web.staff.pinning import listed_pins


def question_commands() -> tuple[click.Command, ...]:
    """Give every command of this module."""
    return (golden, list_pinned, show_impact)


@click.group()
def golden() -> None:
    """Look after the questions whose answer is known: they are asked before each change."""


@golden.command("list")
@pass_service
def list_golden(service: Service) -> None:
    """List the golden questions of editors, the newest first.

    Example: advice golden list
    """
    for one in all_golden(service):
        click.echo(f"{one.number:5}  {one.question}\n       → {one.passage_id or 'nothing'}")


@golden.command("export")
@pass_service
def export_golden(service: Service) -> None:
    """Print them as lines of JSON, as `advice golden import` reads them.

    Example: advice golden export > golden.jsonl
    """
    for one in reversed(all_golden(service)):
        click.echo(one.line())


@golden.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@pass_service
def import_file(service: Service, file: Path) -> None:
    """Add the golden questions of a file; those that are there already stay as they are.

    A line is {"question": "…", "passage": "document#passage", "note": "…"}; a passage of null says
    that nothing may answer.

    Example: advice golden import golden.jsonl
    """
    added, known = import_golden(service, file, command_actor())
    click.echo(f"{added} added, {known} there already.")


@click.command("pinned")
@click.option("--state", type=click.Choice(PIN_STATES), help="Only those that stand so.")
@pass_service
def list_pinned(service: Service, state: str | None) -> None:
    """List the pinned answers, the newest first, with how each stands.

    Example: advice pinned --state broken
    """
    for one in listed_pins(service):
        if state in (None, one.state):
            pin = one.pin
            click.echo(f"{pin.number:5}  {one.state:8}  until {pin.ends}  {pin.question}")
            click.echo(f"       → {pin.passage_id}  (proposed by {pin.proposed_by})")


@click.command("impact")
@click.argument("change")
@pass_service
def show_impact(service: Service, change: str) -> None:
    """Say what a change would do to golden questions and pinned answers; nothing is published.

    A change is withdraw:DOCUMENT or restore:EDITION. When a golden question would be lost, the
    command ends with 1. What members really asked is compared on the page alone.

    Example: advice impact withdraw:behaviour-hubs-programme
    """
    named = change_named(service, change)
    with progress_bars() as progress:
        impact = impact_of(service, named.change, asked_of(service), progress)
    for kind in KINDS:
        counts = impact.counts[kind]
        if any(counts.values()):
            click.echo(f"{kind:8} {', '.join(f'{counts[what]} {what}' for what in DIFFERENCES)}")
    for row in impact.rows:
        _print(row)
    if blocking(impact):
        sys.exit(1)


def _print(row: Row) -> None:
    click.echo(f"\n{row.difference}: {row.asked.wording}")
    for word, seen in (("now", row.before), ("then", row.after)):
        click.echo(f"  {word:5} {seen.status} ({seen.reason})")
        for quote in seen.quotes:
            click.echo(f"        {quote.passage_id}: {' '.join(quote.text.split())[:100]}")
