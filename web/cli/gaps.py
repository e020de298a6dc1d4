"""The `advice gaps` commands: what members asked and guidance did not answer."""

import datetime as dt
import json
import sys
from typing import Any

import click
from tqdm import tqdm

from knowledge.service import Service
from people.gaps import STATES, Listed, State
from web.cli.guidance import pass_service
from web.staff.gap_work import GapWork


@click.group("gaps", invoke_without_command=True)
@click.option("--days", type=click.IntRange(1), help="Asked within so many days; else all kept.")
@click.option("--state", type=click.Choice(STATES), help="Only those of this state; else all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a gap.")
@click.pass_context
def gaps_command(
    context: click.Context, days: int | None, state: State | None, as_json: bool
) -> None:
    """List what members asked in vain, grouped by meaning, those asked most first.

    Example: advice gaps --days 30 --state open
    """
    if context.invoked_subcommand is not None:
        return
    service = context.find_object(Service)
    assert service is not None  # the group above made it
    work = GapWork(service)
    work.group()
    since = service.now() - dt.timedelta(days=days or service.settings.question_days)
    for one in work.gaps.listed(since, state):
        click.echo(json.dumps(_row(one), ensure_ascii=False) if as_json else _line(one))


@gaps_command.command("retest")
@pass_service
def retest(service: Service) -> None:
    """Put every gap's wordings to the edition that answers now, and say how many it answers.

    The running bot does this by itself after each publish.

    Example: advice gaps retest
    """
    work = GapWork(service)
    work.group()
    since = service.now() - dt.timedelta(days=service.settings.question_days)
    listed = work.gaps.listed(since)
    for one in tqdm(listed, desc="Asking", leave=False, disable=not sys.stderr.isatty()):
        work.retest(one.gap.number)
    for one in work.gaps.listed(since):
        click.echo(_line(one))


def _line(one: Listed) -> str:
    gap = one.gap
    parts = [f"{gap.number:>5}  {one.conversations:>4} conversations  {gap.state:12}"]
    if gap.assigned:
        parts.append(f"for {gap.assigned}")
    if gap.retest:
        parts.append(
            f"{gap.retest.answered} of {gap.retest.tested} now answered "
            f"(edition {gap.retest.edition})"
        )
    return "  ".join([*parts, one.wording])


def _row(one: Listed) -> dict[str, Any]:
    gap, retest = one.gap, one.gap.retest
    return {
        "gap": gap.number,
        "state": gap.state,
        "assigned": gap.assigned,
        "conversations": one.conversations,
        "why": dict(one.lacks),
        "first": one.first.isoformat(timespec="seconds"),
        "last": one.last.isoformat(timespec="seconds"),
        "wording": one.wording,
        "reason": gap.reason,
        "answer": gap.answer,
        "edition": retest.edition if retest else None,
        "tested": retest.tested if retest else None,
        "answered": retest.answered if retest else None,
    }
