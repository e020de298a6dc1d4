"""The `advice` commands over the guidance: a thin layer over this package."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from knowledge.answers.conversation import Conversation
from knowledge.answers.questions import read_questions
from knowledge.answers.replies import Reply
from knowledge.editions.history import history
from knowledge.editions.publish import Progress
from knowledge.editions.report import Report
from knowledge.errors import UnknownDocument
from knowledge.evaluation.bots import ChatBot, EngineBot
from knowledge.evaluation.evaluate import evaluate, judge, read_floors, read_golden
from knowledge.evaluation.report import curve, failure_lines, page, table
from knowledge.search.searcher import Hit
from knowledge.service import Service
from web.cli.actor import command_actor
from web.cli.added import added_lines, refused_lines
from web.cli.compared import compared_lines
from web.staff.publishing import library_of
from web.staff.reasons import checked_reason

pass_service = click.make_pass_decorator(Service)
_PATHS = click.Path(path_type=Path)
_EDITION = click.IntRange(1)
_REASON = click.option("--reason", required=True, help="Why; staff see it, members do not.")


def knowledge_commands() -> tuple[click.Command, ...]:
    """Give every command of this module."""
    return (
        add, remove, list_documents, show_history, list_editions, compare, restore, search, ask,
        rebuild, evaluate_command,
    )  # fmt: skip


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--explain", is_flag=True, help="Show what was left out, word for word.")
@click.option(
    "--accept", is_flag=True, help="Also add a file that loses more than a third of its words."
)
@click.option(
    "--separate", is_flag=True, help="Replace no document that came from another file."
)  # fmt: skip
@pass_service
def add(
    service: Service, paths: tuple[Path, ...], explain: bool, accept: bool, separate: bool
) -> None:
    """Read files or folders of guidance and publish them.

    Markdown, HTML, Word, PDF and plain text are read. Adding the same file again changes nothing;
    adding a changed one embeds only what changed. A document that is published already, from
    another file or under another title, is replaced. A file that cannot be added is named, the
    others are published, and the command ends with 1.

    Example: advice add guidance/ page.html policy.docx
    """
    with progress_bars() as progress:
        subject = ", ".join(str(path) for path in paths)
        library = library_of(service, command_actor(), "guidance_added", subject)
        report = library.add(list(paths), progress, accept=accept, separate=separate)
    for line in added_lines(report, explain, service.today()):
        click.echo(line)
    _print_summary(report)
    for line in refused_lines(report, explain):
        click.echo(line, err=True)
    if report.refused:
        sys.exit(1)


@click.command()
@click.argument("document_id")
@_REASON
@pass_service
def remove(service: Service, document_id: str, reason: str) -> None:
    """Take a document out of all answers at once.

    Example: advice remove behaviour-hubs-programme --reason "The programme has ended."
    """
    reason = checked_reason(reason)
    library = library_of(service, command_actor(), "guidance_removed", document_id, reason)
    _print_report(library.remove(document_id, reason))


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document.")
@pass_service
def list_documents(service: Service, as_json: bool) -> None:
    """List the published documents.

    Example: advice list
    """
    edition = service.store.latest()
    for version in edition.versions:
        document = version.document
        if as_json:
            row = {
                "id": document.id,
                "title": document.title,
                "published": str(document.published or ""),
                "review_by": str(document.review_by or ""),
                "passages": len(version.passages),
            }
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            late = "  PAST REVIEW" if document.past_review(service.today()) else ""
            click.echo(f"{document.id:50} {len(version.passages):4}  {document.title}{late}")
    if not as_json:
        click.echo(f"{len(edition.versions)} documents in edition {edition.number}.")


@click.command("history")
@click.argument("document_id")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a step.")
@pass_service
def show_history(service: Service, document_id: str, as_json: bool) -> None:
    """Show what became of a document, edition by edition, the newest first.

    Example: advice history behaviour-hubs-programme
    """
    with service.store.engine.connect() as connection:
        steps = history(connection, document_id)
    if not steps:
        raise UnknownDocument(document_id)
    for step in steps:
        if as_json:
            values = {**asdict(step), "published": step.published.isoformat()}
            click.echo(json.dumps(values, ensure_ascii=False))
        else:
            click.echo(
                f"{step.edition:5}  {step.published:%Y-%m-%d %H:%M}  {step.what:8}  "
                f"{step.by}: {step.note}"
            )


@click.command("compare")
@click.argument("before", type=_EDITION)
@click.argument("after", type=_EDITION)
@pass_service
def compare(service: Service, before: int, after: int) -> None:
    """Show what differs between two editions, word by word: [-gone-] and {+new+}.

    Example: advice compare 3 4
    """
    for line in compared_lines(service.store, before, after):
        click.echo(line)


@click.command("editions")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an edition.")
@pass_service
def list_editions(service: Service, as_json: bool) -> None:
    """List everything that was published, the newest first.

    Example: advice editions
    """
    for row in service.library.editions():
        if as_json:
            values = {**asdict(row), "published": row.published.isoformat()}
            click.echo(json.dumps(values, ensure_ascii=False))
        else:
            size = "-" if row.bytes is None else f"{row.bytes / 1_000_000:.1f} MB"
            click.echo(
                f"{row.number:5}  {row.published:%Y-%m-%d %H:%M}  {row.documents:5} documents  "
                f"{size:>9}  {row.by}: {row.note}"
            )


@click.command()
@click.argument("number", type=_EDITION)
@_REASON
@pass_service
def restore(service: Service, number: int, reason: str) -> None:
    """Bring an edition back, whole and at once, by publishing it again.

    Example: advice restore 3 --reason "Edition 4 has the wrong dates."
    """
    reason = checked_reason(reason)
    with progress_bars() as progress:
        library = library_of(service, command_actor(), "edition_restored", str(number), reason)
        _print_report(library.restore(number, progress, reason))


@click.command()
@click.argument("question", required=False)
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 100))
@click.option("--input", "file", type=_PATHS, help="A file with one question a line.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@pass_service
def search(
    service: Service, question: str | None, limit: int, file: Path | None, as_json: bool
) -> None:
    """Show the passages that fit a question best.

    Example: advice search "notice period" --limit 3
    """
    engine = service.dialogue().engine
    for text in _questions(question, file):
        hits = engine.finder.find(engine.reader.read(text).mended, most=limit)
        if as_json:
            row = {"question": text, "hits": [_hit(hit) for hit in hits]}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _print_hits(text, hits)


@click.command()
@click.argument("question", required=False)
@click.option(
    "--limit", default=3, show_default=True, type=click.IntRange(1, 20),
    help="How many sources, or titles to choose from, at the most.",
)  # fmt: skip
@click.option("--input", "file", type=_PATHS, help="A file with one question a line.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
@pass_service
def ask(
    service: Service, question: str | None, limit: int, file: Path | None, as_json: bool
) -> None:
    """Answer a question as the bot would.

    Example: advice ask "Can a SENCO join?"
    """
    dialogue = service.dialogue()
    for text in _questions(question, file):
        checked, new = dialogue.check(text), Conversation()
        turn = dialogue.urgent(checked, new) or dialogue.answer(checked, new)
        replies = [_limited(reply.to_json(), limit) for reply in turn.replies]
        if as_json:
            row = {"session": None, "question": text, "replies": replies}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _print_replies(text, turn.replies)


@click.command()
@pass_service
def rebuild(service: Service) -> None:
    """Publish the same documents again with the model that is configured now.

    Example: ADVICE_MODEL=/models/other advice rebuild
    """
    with progress_bars() as progress:
        library = library_of(service, command_actor(), "guidance_rebuilt")
        _print_report(library.rebuild(progress))


@click.command("evaluate")
@click.argument("folder", type=_PATHS)
@click.option("--chat", "address", help="Ask a running system at this address, over HTTP.")
@click.option("--no-memory", is_flag=True, help="Read each question without the ones before it.")
@click.option("--html", "html_file", type=_PATHS, help="Write a readable report to this file.")
@click.option("--failures/--no-failures", default=True, help="Print what went wrong.")
@pass_service
def evaluate_command(
    service: Service,
    folder: Path,
    address: str | None,
    no_memory: bool,
    html_file: Path | None,
    failures: bool,
) -> None:
    """Put a folder of questions to the bot and say how it did.

    The folder holds .jsonl files as tests/golden does. A file floors.yml beside them names the
    least that each measure must reach; below it the command ends with 1.

    Example: advice evaluate tests/golden/tune --html report.html
    """
    dialogue = service.dialogue()
    bot = ChatBot(address) if address else EngineBot(dialogue, remembers=not no_memory)
    conversations = read_golden(folder)
    with tqdm(total=len(conversations), disable=not sys.stderr.isatty()) as bar:
        result = evaluate(conversations, bot, bar.update)
    if failures:
        for outcome in result.failures():
            click.echo("\n".join(failure_lines(outcome)))
    click.echo(table(result))
    if html_file is not None:
        judged = judge(dialogue.engine, conversations)
        text = page(result, curve(judged), dialogue.engine.lines.answer)
        html_file.write_text(text, encoding="utf-8")
    below = result.below(read_floors(folder / "floors.yml"))
    for sentence in below:
        click.echo(sentence, err=True)
    if below:
        sys.exit(1)


@contextmanager
def progress_bars() -> Iterator[Progress | None]:
    """Give a progress callback that draws a bar a step; None when this is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bars: dict[str, tqdm[Any]] = {}

    def advance(step: str, done: int, total: int) -> None:
        if step not in bars:
            bars[step] = tqdm(desc=step, total=total, leave=False)
        bars[step].update(done - bars[step].n)

    try:
        yield advance
    finally:
        for bar in bars.values():
            bar.close()


def _questions(question: str | None, file: Path | None) -> Iterable[str]:
    if (question is None) == (file is None):
        raise click.UsageError("Give one question in quotes, or a file: --input FILE.")
    return [question] if question is not None else read_questions(file or Path())


def _print_report(report: Report) -> None:
    for word in ("created", "updated", "removed"):
        for document_id in getattr(report, word):
            click.echo(f"{word:9} {document_id}")
    _print_summary(report)


def _print_summary(report: Report) -> None:
    click.echo(
        f"{len(report.created)} created, {len(report.updated)} updated, "
        f"{len(report.unchanged)} unchanged, {len(report.removed)} removed; "
        f"{report.embedded} texts embedded. Edition {report.edition} answers now."
    )


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "passage_id": hit.passage.id,
        "title": hit.document.title,
        "headings": list(hit.passage.headings),
        "text": hit.passage.text,
        "page": hit.passage.page,
        "score": round(hit.score, 4),
        "published": hit.document.published.isoformat() if hit.document.published else None,
        "url": hit.document.url,
    }


def _print_hits(question: str, hits: Iterable[Hit]) -> None:
    click.secho(question, bold=True)
    for hit in hits:
        trail = " > ".join((hit.document.title, *hit.passage.headings))
        page = f", page {hit.passage.page}" if hit.passage.page else ""
        click.echo(f"\n{hit.score:.3f}  {trail}{page}  [{hit.passage.id}]")
        click.echo(hit.passage.text)
    click.echo()


def _limited(reply: dict[str, Any], limit: int) -> dict[str, Any]:
    return {**reply, "sources": reply["sources"][:limit], "buttons": reply["buttons"][:limit]}


def _print_replies(question: str, replies: Iterable[Reply]) -> None:
    click.secho(question, bold=True)
    for reply in replies:
        click.secho(f"\n[{reply.status}]", dim=True)
        if reply.notice:
            click.echo(f"! {reply.notice}")
        click.echo(reply.text)
        for source in reply.sources:
            date = source.reviewed or source.published or "no date"
            title = f"{source.title}, page {source.page}" if source.page else source.title
            parts = filter(None, (title, source.publisher, date, source.url))
            click.secho(f"  {', '.join(parts)}", dim=True)
        for button in reply.buttons:
            click.echo(f"  ( {button.title} )")
    click.echo()
