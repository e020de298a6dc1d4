"""How long the impact of a change takes to work out, for 500 questions.

    python -m benchmarks.impact [--questions 500]

The bundled guidance is published; the change mends a sentence in one document and withdraws
another. A fifth of the questions are golden, so both editions answer them whatever is found.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import our_questions
from knowledge.answers.conversation import Conversation
from knowledge.editions.changes import Change, Outcome
from knowledge.editions.edition import State, Version
from knowledge.evaluation.impact import Asked, Impact, Wanted, compare
from knowledge.language.sentences import split_sentences
from knowledge.reading.remembering import RememberingReader
from knowledge.service import Service
from knowledge.settings import Settings

_MENDED, _WITHDRAWN = "employment-notice-periods", "behaviour-hubs-programme"
_GOLDEN = 5  # one question in so many


def _mended(version: Version) -> Version:
    first, *others = version.passages
    text = f"{first.passage.text} This was said again on 1 December."
    passage = replace(first.passage, text=text)
    return replace(
        version,
        passages=(replace(first, passage=passage, sentences=split_sentences(text)), *others),
    )


def _apply(state: State) -> Outcome:
    after = {name: one for name, one in state.versions.items() if name != _WITHDRAWN}
    after[_MENDED] = _mended(after[_MENDED])
    return Outcome(after, frozenset(state.withdrawn) | {_WITHDRAWN})


def _asked(questions: list[str], wanted: Wanted) -> Iterator[Asked]:
    for number, question in enumerate(questions):
        golden = number % _GOLDEN == 0
        yield Asked(
            str(number), question, "golden" if golden else "real", wanted if golden else None
        )


def _print(name: str, seconds: float, busy: float, impact: Impact) -> None:
    counts = ", ".join(
        f"{kind}: {', '.join(f'{count} {what}' for what, count in each.items())}"
        for kind, each in impact.counts.items()
        if sum(each.values())
    )
    print(f"{name:34} {seconds:5.1f} s ({busy:5.1f} s of processor)   {counts}")


def main() -> None:
    """Publish, and time the comparison: the first time, again, and when everything is answered."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument(
        "--keep", type=Path, default=Path(".benchmark"), help="where guidance stays"
    )
    options = parser.parse_args()
    service = Service(Settings(home=options.keep / "impact"))
    service.library.add([service.settings.guidance], bundled=True)
    live = service.dialogue()
    questions = our_questions()
    step = max(1, len(questions) // options.questions)
    chosen = questions[::step][: options.questions]
    asked = list(_asked(chosen, Wanted()))
    change = Change("benchmark", "a document mended, another withdrawn", _apply)
    start = time.perf_counter()
    draft = service.try_out(change)
    print(f"{len(asked)} questions; the draft edition's index: {time.perf_counter() - start:.1f} s")
    live.answer(live.check("warm up"), Conversation())
    reader = RememberingReader(service.reader_model())
    for name, some in (
        ("the first time", asked),
        ("again", asked),
        ("every question answered by both", [replace(one, wanted=Wanted()) for one in asked]),
    ):
        if name.startswith("every"):
            reader = RememberingReader(service.reader_model())
        start, busy = time.perf_counter(), time.process_time()
        impact = compare(live, draft, some, reader)
        seconds = time.perf_counter() - start
        _print(name, seconds, time.process_time() - busy, impact)
    service.close()


if __name__ == "__main__":
    main()
