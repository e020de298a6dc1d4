"""The bot on guidance and messages that nothing was trained or tuned on.

    python -m benchmarks.unseen --data FOLDER

FOLDER holds, for each body of guidance, BODY/documents (files as `advice add` reads them) and
BODY/*.jsonl: a line has `question`, `kind` (covered, near, follow_up or statement, which asks
nothing), `fact` (what must be seen) and, for a follow-up, `before`. FOLDER/messages/*.jsonl holds
messages with their `kind`. Each body is published alone into a data folder of its own. Beside the
bot stand, in the same run, one cosine, a model of the question's words alone, and the best hit of
Haystack's and txtai's hybrid search over the same passages and vectors.
"""

import argparse
import json
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline

from benchmarks.peers import EmbeddedTexts, Search, whole
from benchmarks.sets import Text
from knowledge.answers.dialogue import Dialogue
from knowledge.evaluation.bots import EngineBot
from knowledge.service import Service
from knowledge.settings import Settings
from knowledge.training.variations import misspell

_KEPT = 0.9  # of the covered questions, when a score alone draws the line
_PEERS = ("haystack", "txtai")
_BEFORE = "Hello, I hope you can help me with something that came up at work this week. "


@dataclass(frozen=True)
class Outcome:
    """What the bot did with one question.

    :param seen: whether the fact is in what was quoted, as the answer or as what comes nearest.
    :param steady: whether it is answered, or not, alike with words before it.
    :param steady_misspelt: the same with bad spelling.
    :param best: the score of each other system's best hit.
    :param found: whether that hit holds the fact.
    """

    kind: str
    status: str
    seen: bool
    probability: float
    cosine: float
    question: str
    steady: bool
    steady_misspelt: bool
    best: dict[str, float]
    found: dict[str, bool]


def put(
    service: Service, rows: Sequence[dict[str, Any]], peers: Mapping[str, Search]
) -> Iterator[Outcome]:
    """Put each question to the bot, in a conversation of its own, and to the other systems."""
    texts = {text.id: text for text in _texts(service)}
    dialogue = service.dialogue()
    for row in rows:
        ask = EngineBot(dialogue).start()
        if row.get("before"):
            ask(row["before"])
        replies = ask(row["question"])
        features, hits = dialogue.engine.measure(row["question"])
        answered = replies[0]["status"] == "answered"
        first = {name: search(row["question"])[:1] for name, search in peers.items()}
        yield Outcome(
            row["kind"],
            str(replies[0]["status"]),
            _seen(row.get("fact", ""), replies),
            dialogue.engine.models.coverage.probability(features),
            max((hit.dense for hit in hits), default=0.0),
            row["question"],
            _answers(dialogue, _BEFORE + row["question"]) == answered,
            _answers(dialogue, misspell(row["question"], random.Random(1))) == answered,
            {name: sum(hit.score for hit in hits) for name, hits in first.items()},
            {
                name: any(_holds(texts[hit.id].body, row.get("fact", "")) for hit in hits)
                for name, hits in first.items()
            },
        )


def build_peers(service: Service) -> dict[str, Search]:
    """Index the published passages with each of the other systems."""
    texts, embedder = list(_texts(service)), service.embedder()
    known = [whole(text) for text in texts]
    vectors = dict(zip(known, embedder.encode_many(known), strict=True))
    embedded = EmbeddedTexts(vectors, {})
    return {
        name: import_module(f"benchmarks.peers.{name}").build(texts, embedded, embedder)
        for name in _PEERS
    }


def _texts(service: Service) -> Iterator[Text]:
    for version in service.store.latest().versions:
        for stored in version.passages:
            passage = stored.passage
            title = " > ".join((version.document.title, *passage.headings))
            yield Text(passage.id, title, passage.text)


def _answers(dialogue: Dialogue, question: str) -> bool:
    return EngineBot(dialogue).start()(question)[0]["status"] == "answered"


def _seen(fact: str, replies: Sequence[dict[str, Any]]) -> bool:
    return _holds(" ".join(s["quote"] for reply in replies for s in reply["sources"]), fact)


def _holds(text: str, fact: str) -> bool:
    return bool(fact) and " ".join(fact.split()) in " ".join(text.split())


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Give the lines of one body's table."""
    covered = [o for o in outcomes if o.kind in ("covered", "follow_up")]
    single = [o for o in outcomes if o.kind == "covered"]
    near = [o for o in outcomes if o.kind == "near"]
    statements = [o for o in outcomes if o.kind == "statement"]
    answers = [o for o in outcomes if o.status == "answered"]
    right = [o for o in answers if o.seen]
    yield f"{len(single)} covered, {len(covered) - len(single)} follow-ups, {len(near)} uncovered"
    yield _line(
        "covered: answered with the right fact", (o.status == "answered" and o.seen for o in single)
    )
    yield _line("covered: right fact visible", (o.seen for o in single))
    follow_ups = [o for o in outcomes if o.kind == "follow_up"]
    yield _line("follow-ups: right fact visible", (o.seen for o in follow_ups))
    yield _line("uncovered: kept from an answer", (o.status != "answered" for o in near))
    yield _line("statements: kept from an answer", (o.status != "answered" for o in statements))
    yield _line("answers that are right", (o in right for o in answers))
    yield _line("false alarms", (o.status == "urgent" for o in outcomes))
    asked = (*single, *near)
    yield _line("verdict alike with words before it", (o.steady for o in asked))
    yield _line("verdict alike when misspelt", (o.steady_misspelt for o in asked))
    for name, own in (("covered", single), ("uncovered", near)):
        yield f"  statuses of {name}: {dict(Counter(o.status for o in own))}"
    labels = [o.kind == "covered" for o in asked]
    for name in asked[0].best:
        yield _line(f"covered: fact in the best hit of {name}", (o.found[name] for o in single))
    for name, scores in {
        "the bot": [o.probability for o in asked],
        "one cosine": [o.cosine for o in asked],
        "the question alone": _by_the_question([o.question for o in asked], labels),
        **{name: [o.best[name] for o in asked] for name in asked[0].best},
    }.items():
        line = np.quantile([s for s, own in zip(scores, labels, strict=True) if own], 1 - _KEPT)
        refused = np.mean([s < line for s, own in zip(scores, labels, strict=True) if not own])
        yield (
            f"  {name:<20} AUROC {roc_auc_score(labels, scores):.3f}, refuses {refused:.0%} of the "
            f"uncovered where {_KEPT:.0%} of the covered are kept"
        )


def _by_the_question(questions: Sequence[str], labels: Sequence[bool]) -> list[float]:
    """Score each question by its words alone, as a model fitted on the others does."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10)
    )
    given = cross_val_predict(model, list(questions), list(labels), cv=10, method="predict_proba")
    return [float(value) for value in given[:, 1]]


def messages(service: Service, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Give the lines of the table of messages."""
    engine = service.dialogue().engine
    found: dict[str, list[tuple[bool, bool]]] = {}
    for row in rows:
        checked = engine.check(row["message"])
        happening = checked.urgent is not None and checked.urgent.happening
        people = not happening and engine.for_people(checked)
        found.setdefault(row["kind"], []).append((happening, people))
    for kind, results in found.items():
        urgent, people = (sum(column) for column in zip(*results, strict=True))
        yield (
            f"  {kind:<14} {len(results):>4}: urgent {urgent} {_share(urgent, len(results))}, "
            f"for people {people} {_share(people, len(results))}"
        )


def _line(name: str, right: Iterator[bool]) -> str:
    values = list(right)
    return f"  {name:<42} {sum(values)}/{len(values)} {_share(sum(values), len(values))}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _rows(paths: Sequence[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--data", type=Path, required=True, help="folder of bodies of guidance")
    parser.add_argument("--only", action="append", help="only this body, or 'messages'")
    options = parser.parse_args()
    os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
    bodies = sorted(path.parent for path in options.data.glob("*/documents"))
    for body in bodies:
        if options.only and body.name not in options.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            service = Service(Settings(home=Path(folder)))
            service.library.add([body / "documents"])
            peers = build_peers(service)
            for questions in sorted(body.glob("*.jsonl")):
                print(f"\n{body.name}, {questions.stem}: ", end="")
                outcomes = list(put(service, _rows([questions]), peers))
                print("\n".join(table(outcomes)), flush=True)
            if body == bodies[0] and (not options.only or "messages" in options.only):
                for path in sorted((options.data / "messages").glob("*.jsonl")):
                    print(f"\nmessages, {path.stem}:")
                    print("\n".join(messages(service, _rows([path]))), flush=True)
            service.close()


if __name__ == "__main__":
    main()
