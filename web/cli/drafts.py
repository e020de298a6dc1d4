"""The `advice` commands about drafts."""

import json

import click

from knowledge.editions.drafts.drafts import Drafts
from knowledge.service import Service
from web.cli.actor import command_actor
from web.cli.guidance import pass_service, progress_bars
from web.staff.drafting import publish_draft


def draft_commands() -> tuple[click.Command, ...]:
    """Give every command of this module."""
    return (list_drafts, publish)


@click.command("drafts")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a draft.")
@pass_service
def list_drafts(service: Service, as_json: bool) -> None:
    """List the drafts in work, those that were changed last first.

    Example: advice drafts
    """
    rows = Drafts(service.store.engine).rows()
    for row in rows:
        at = row.publish_at.isoformat(timespec="minutes") if row.publish_at else ""
        if as_json:
            values = {
                "number": row.number,
                "title": row.title,
                "document": row.document_id,
                "status": row.status,
                "by": row.by,
                "changed_by": row.changed_by,
                "changed": row.changed.isoformat(timespec="seconds"),
                "publish_at": at or None,
                "problem": row.problem,
            }
            click.echo(json.dumps(values, ensure_ascii=False))
            continue
        what = f"changes {row.document_id}" if row.document_id else "new document"
        when = f"  PUBLISHED AT {at}" if at else ""
        click.echo(f"{row.number:5}  {row.title or row.source_name:40}  {what}{when}")
        if row.problem:
            click.echo(f"       ! {row.problem}")
    if not rows and not as_json:
        click.echo("There is no draft in work.")


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", default="", help="Why; staff see it in the list of editions.")
@pass_service
def publish(service: Service, number: int, reason: str) -> None:
    """Publish a draft.

    Example: advice publish 12 --reason "new term"
    """
    drafts = Drafts(service.store.engine)
    with progress_bars() as progress:
        done = publish_draft(
            service, drafts, drafts.find(number), command_actor(), reason, progress
        )
    click.echo(f"Published {done.document_id}. Edition {done.edition} answers now.")
