"""Ten calls of members as an adviser types them, beside a plain BM25 search of the same passages.

    python -m benchmarks.adviser_calls [--home folder]

The home's bundled guidance is published if need be. For each call: at which place the right passage
stands when typing stops, and after how many letters it stays among the first three.
"""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import Stemmer

from knowledge.language.acronyms import load_acronyms
from knowledge.lookup.body import Body
from knowledge.lookup.lookup import Shelf, look_up
from knowledge.messages.message import MessageReader
from knowledge.service import Service
from knowledge.settings import Settings

# Written before anything was measured; none was changed afterwards.
CALLS = (
    ("deputy wants to leave at easter deadline to resign",
     "employment-resignation-dates#when-must-a-teacher-or-deputy-head-resign"),
    ("governors offered settlement agreement how long to decide",
     "employment-settlement-agreements#how-long-do-i-have-to-think-about-it"),
    ("can her husband come to the disciplinary hearing",
     "employment-companion-at-hearings#who-can-come-to-the-hearing-with-me"),
    ("off sick seven months full pay or half",
     "employment-sick-pay#how-many-days-of-sick-pay-do-i-get"),
    ("EHE parent email wants child off roll",
     "off-rolling-removing-a-name-from-the-register"
     "#can-we-delete-a-name-because-a-parent-asks-to-home-educate"),
    ("SENCO 1265 hours",
     "employment-directed-time#does-directed-time-apply-to-sencos"),
    ("flexable working refuse teacher request",
     "employment-flexible-working#i-have-had-a-request-from-a-member-of-staff-can-i-refuse"),
    ("how long do we have to bring a tribunal claim",
     "employment-early-conciliation-and-tribunals#what-is-the-time-limit-for-a-tribunal-claim"),
    ("MAT conversion keep burgundy book pay",
     "employment-academy-conversion#do-i-keep-my-pay-and-conditions"),
    ("PPA for ECT how much",
     "employment-ppa-and-leadership-time#how-much-ppa-time-should-a-teacher-get"),
)  # fmt: skip
_FIRST = 3
Search = Callable[[str], Sequence[str]]


def main() -> None:
    """Put the calls to both searches and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--home", type=Path, default=Path(".benchmark") / "calls")
    service = Service(Settings(home=parser.parse_args().home))
    service.library.add([service.settings.guidance], bundled=True)
    edition, dialogue = service.answering()
    body, today = Body(dialogue.engine.finder, edition.versions), service.today()
    searches = {
        "read": ours(body, dialogue.engine.reader, today, read=True),
        "typing": ours(body, dialogue.engine.reader, today, read=False),
        "BM25": plain(body),
    }
    print(f"{len(body.finder.index.entries)} passages")
    print(
        "| call | place: read | typing | BM25 | letters: typing | BM25 |\n|---|---|---|---|---|---|"
    )
    for call, right in CALLS:
        places = [_shown(_place(search(call), right)) for search in searches.values()]
        letters = [_shown(_letters(searches[name], call, right)) for name in ("typing", "BM25")]
        print(f"| {call} ({len(call)}) | {' | '.join(places + letters)} |")
    service.close()


def ours(body: Body, reader: MessageReader, today: dt.date, read: bool) -> Search:
    """Give the search of advisers, over what members can see today."""
    shelf = Shelf(body, lambda document: not document.past_review(today))
    acronyms = load_acronyms()

    def search(text: str) -> Sequence[str]:
        found = look_up(text, [shelf], reader, acronyms, read, lambda _: True)
        return [group.first.hit.passage.id for group in found.groups]

    return search


def plain(body: Body) -> Search:
    """Give BM25 as `bm25s` comes, with its English stop words and a stemmer."""
    entries, stemmer = body.finder.index.entries, Stemmer.Stemmer("english")

    def words(texts: list[str]) -> list[list[str]]:
        tokens = bm25s.tokenize(
            texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return [list(each) for each in tokens]

    index = bm25s.BM25()
    index.index(words([entry.passage_text for entry in entries]), show_progress=False)

    def search(text: str) -> Sequence[str]:
        (asked,) = words([text])
        known = [word for word in asked if word in index.vocab_dict]
        if not known:
            return []
        scores = index.get_scores(known)
        return [entries[number].passage.id for number in scores.argsort()[::-1] if scores[number]]

    return search


def _place(found: Sequence[str], right: str) -> int | None:
    return found.index(right) + 1 if right in found else None


def _letters(search: Search, call: str, right: str) -> int | None:
    """Give after how many letters the right passage is among the first, and stays there."""
    last = None
    for end in range(len(call), 0, -1):
        place = _place(search(call[:end]), right)
        if place is None or place > _FIRST:
            break
        last = end
    return last


def _shown(number: int | None) -> str:
    return "–" if number is None else str(number)


if __name__ == "__main__":
    main()
