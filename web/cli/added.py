"""What `advice add` says of each document: what became of it, and what an editor should look at."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.documents.blocks import Draft, Kept, KeptKind, LeftOut, LeftOutKind
from knowledge.documents.document import Document
from knowledge.documents.readers.dates import month_stated
from knowledge.editions.beside import where_to_write
from knowledge.editions.reading import Reading, TooMuchLost
from knowledge.editions.report import Report
from knowledge.editions.same import Alike, key_of

# Kinds of which one cannot say "3 menus": one, and several.
_NAMES: dict[LeftOutKind | KeptKind, tuple[str, str]] = {
    "about the page": ("line about the page", "lines about the page"),
    "related": ("list of related links", "lists of related links"),
    "comments": ("reader's comment", "readers' comments"),
    "struck": ("struck passage", "struck passages"),
    "hidden": ("hidden passage", "hidden passages"),
    "code": ("piece of code", "pieces of code"),
    "repeated": ("repeated block", "repeated blocks"),
    "picture": ("picture without text", "pictures without text"),
    "outside the main part": ("part beside the main one", "parts beside the main one"),
}
_EXAMPLES = {
    "publisher": "publisher: The union",
    "published": "published: 2026-05-31",
    "review_by": "review_by: 2027-05-31",
}


def added_lines(report: Report, explain: bool, today: dt.date) -> Iterator[str]:
    """Give the lines about what was added, one a document and below it what to look at.

    :param explain: show everything that was left out, word for word.
    :param today: to say which documents are past their review.
    """
    older = {each.key: each for each in report.older}
    told: dict[str, str] = {}  # the file of each document
    for reading in report.readings:
        key = key_of(reading.version)
        file = Path(reading.version.origins[0]).name
        if key in older:
            yield (
                f"not added {file}: {named(older[key].document)} is an older state of "
                f"{named(older[key].newer)}, which stays"
            )
            continue
        name = report.called[key]
        if name in report.left_out:
            yield f"not added {name}: removed by somebody meanwhile"
            continue
        if name in told:
            yield f"          {file} holds the same as {told[name]}: {name} stands for both"
            continue
        told[name] = file
        if name in report.replaced:
            yield f"replaces  {name}: {named(report.replaced[name])}"
        elif name in report.created:
            yield f"created   {name}"
        else:
            yield f"unchanged {name}"
        yield from left_out_lines(reading.draft, explain)
        if name in report.replaced or name in report.created:
            document = reading.version.document
            if document.past_review(today) and document.review_by:
                day = _day(document.review_by)
                yield f"          past its review on {day}: members do not see it"
            yield from _missing_lines(reading)
            yield from _alike_lines(name, report.alike)
    for name in report.removed:
        yield f"removed   {name}"


def refused_lines(report: Report, explain: bool) -> Iterator[str]:
    """Give the lines about the files that could not be added."""
    for problem in report.refused:
        yield f"not added {problem}"
        for draft in problem.drafts if isinstance(problem, TooMuchLost) else ():
            yield from left_out_lines(draft, explain)


def left_out_lines(draft: Draft, explain: bool) -> Iterator[str]:
    """Give a line that counts what was left out and one that counts what may not be final."""
    for word, parts in (("left out", draft.left_out), ("kept", draft.kept)):
        if parts:
            yield f"          {word}: {_counted(part.kind for part in parts)}"
        if explain:
            for part in parts:
                yield f"            {_name(part.kind, 1)}{_where(part)}: {part.text}"


def _where(part: LeftOut | Kept) -> str:
    """Say where a part stands: on its page, or at its place in a source without pages."""
    page = f"page {part.page}" if isinstance(part, LeftOut) and part.page else ""
    place = page or str(part.place or "")
    return f" ({place})" if place else ""


def named(document: Document) -> str:
    """Give a document's title and date, as an editor knows it."""
    return f'"{document.title}" ({_dated(document)})'


def _dated(document: Document) -> str:
    if document.published:
        return f"published {_day(document.published)}"
    return f"reviewed {_day(document.reviewed)}" if document.reviewed else "without a date"


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _counted(kinds: Iterable[LeftOutKind | KeptKind]) -> str:
    return ", ".join(f"{count} {_name(kind, count)}" for kind, count in Counter(kinds).items())


def _name(kind: LeftOutKind | KeptKind, count: int) -> str:
    one, several = _NAMES.get(kind, (kind, f"{kind}s"))
    return one if count == 1 else several


def _missing_lines(reading: Reading) -> Iterator[str]:
    if not reading.missing:
        return
    path = Path(reading.version.origins[0])
    verb = "is" if len(reading.missing) == 1 else "are"
    hint = _date_hint(reading.draft) if "published" in reading.missing else ""
    yield (
        f"          {', '.join(reading.missing)} {verb} missing: write "
        f"'{_EXAMPLES[reading.missing[-1]]}' {where_to_write(path)}{hint}"
    )


def _date_hint(draft: Draft) -> str:
    texts = [block.text for block in draft.blocks] + [each.text for each in draft.left_out]
    if month := month_stated(texts):
        return f"; the text says {month}"
    return f"; the file was last saved on {_day(draft.saved)}" if draft.saved else ""


def _alike_lines(name: str, pairs: Iterable[Alike]) -> Iterator[str]:
    for pair in pairs:
        if name not in (pair.document.id, pair.other.id):
            continue
        own, other = pair.document, pair.other
        if name == other.id:
            own, other = other, own
        if pair.share:
            yield (
                f"          much like {other.id}: {pair.share:.0%} of the shorter one stands in "
                f"both; this is {named(own)}, that is {named(other)}"
            )
        else:
            count = "1 passage stands" if pair.passages == 1 else f"{pair.passages} passages stand"
            yield f"          {count} word for word in {other.id} too, {named(other)}"
