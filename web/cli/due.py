"""The `advice` commands about review dates and the owners of documents."""

import json

import click

from knowledge.documents.document import TOPICS
from knowledge.editions.amending import Review, Seen, read_review_by
from knowledge.editions.crowds import crowds
from knowledge.editions.due import MATTERS, ORDERS, WITHIN, Watched, chosen, counts
from knowledge.editions.report import Report
from knowledge.service import Service
from people.owners import Owners
from web.cli.actor import command_actor
from web.cli.guidance import pass_service
from web.staff.amending import mark_reviewed, set_owner, watched
from web.staff.due_words import crowd_line, state_lines
from web.staff.editor.due.query import SHOWS, read_query
from web.staff.parts import staff_wording


def due_commands() -> tuple[click.Command, ...]:
    """Give every command of this module."""
    return (due, reviewed, owner, owners)


@click.command()
@click.option("--show", type=click.Choice(SHOWS), default="attention", show_default=True)
@click.option(
    "--within", type=click.IntRange(1, 730), default=WITHIN, show_default=True,
    help="How many days to look ahead.",
)  # fmt: skip
@click.option("--topic", type=click.Choice(TOPICS), help="Only documents of this topic.")
@click.option("--owner", default="", help="A part of the owner's name.")
@click.option("--sort", type=click.Choice(ORDERS), default=ORDERS[0], show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document.")
@pass_service
def due(
    service: Service,
    show: str,
    within: int,
    topic: str | None,
    owner: str,
    sort: str,
    as_json: bool,
) -> None:
    """List what must be looked at: overdue, due, changing on a date, without owner or date.

    Example: advice due --within 120 --topic employment
    """
    words = staff_wording()
    query = read_query(
        {"show": show, "topic": topic or "", "owner": owner, "sort": sort, "within": str(within)}
    )
    documents = watched(service, query.within)
    for one in chosen(documents, query.wanted):
        document = one.document
        if as_json:
            click.echo(json.dumps(_row(one), ensure_ascii=False))
            continue
        click.echo(
            f"{document.id}: {document.title} ({document.owner or words.say('due.no_owner')})"
        )
        for line in state_lines(one, words):
            click.echo(f"    {line}")
    if as_json:
        return
    number = counts(documents)
    click.echo(", ".join(f"{words.say(f'due.shows.{one}')}: {number[one]}" for one in SHOWS))
    for crowd in crowds((one.document for one in documents), service.today()):
        click.echo(f"{crowd_line(crowd, words)} {words.say('due.crowd.help_command')}")


@click.command()
@click.argument("document_ids", nargs=-1, required=True)
@click.option("--until", required=True, help="The next review-by date, as '31 May 2027'.")
@click.option("--note", default="", help="Staff see it in the audit.")
@pass_service
def reviewed(service: Service, document_ids: tuple[str, ...], until: str, note: str) -> None:
    """Say that you have read documents and that they are still right; their text stays as it is.

    Example: advice reviewed employment-sick-pay --until "31 May 2027"
    """
    day = read_review_by(until, service.today())
    reviews = [Review(Seen(name), day) for name in dict.fromkeys(document_ids)]
    _print(mark_reviewed(service, reviews, note, command_actor()))


@click.command()
@click.argument("name")
@click.argument("document_ids", nargs=-1, required=True)
@pass_service
def owner(service: Service, name: str, document_ids: tuple[str, ...]) -> None:
    """Say which team or person keeps documents.

    Example: advice owner "Employment advice team" employment-sick-pay employment-maternity
    """
    documents = [Seen(each) for each in dict.fromkeys(document_ids)]
    _print(set_owner(service, documents, name, command_actor()))


@click.command()
@click.option("--email", nargs=2, metavar="NAME ADDRESS", help="Set where an owner gets mail.")
@pass_service
def owners(service: Service, email: tuple[str, str] | None) -> None:
    """List the owners of documents and where they are reminded; or set an address.

    Example: advice owners --email "Policy team" policy@example.org
    """
    book = Owners(service.store.engine)
    if email is not None:
        book.set_email(*email, command_actor())
    known = book.all()
    documents = [one.document.owner for one in watched(service)]
    for name in sorted({*documents, *known} - {""}, key=str.casefold):
        address = known[name].email if name in known else "NO ADDRESS"
        click.echo(f"{name:40} {documents.count(name):4}  {address}")


def _print(report: Report) -> None:
    for name in report.updated:
        click.echo(f"updated   {name}")
    for name in report.unchanged:
        click.echo(f"unchanged {name}")
    click.echo(f"Edition {report.edition} answers now.")


def _row(one: Watched) -> dict[str, object]:
    document = one.document
    return {
        "id": document.id,
        "title": document.title,
        "owner": document.owner,
        "topics": list(document.topics),
        "reviewed": str(document.reviewed or ""),
        "review_by": str(document.review_by or ""),
        "days": one.days,
        **{matter: matter in one.matters for matter in MATTERS},
        "changes": [
            {"day": str(change.day), "begins": change.begins, "notice": change.notice}
            for change in one.changes
        ],
    }
