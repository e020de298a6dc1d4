"""One training from a folder of data to the files that the project ships."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from knowledge.answers.coverage import COVERAGE_FILE
from knowledge.messages import adapter
from knowledge.messages.kinds import NO_MATTER, REMARK
from knowledge.reading import reader_model
from knowledge.reading.finder import Finder, Finding
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.disk import digest_of
from knowledge.search.embedding import Embedder
from knowledge.search.index import Index
from knowledge.search.models import PINNED_SHA256
from knowledge.search.searcher import Searcher, Weights
from knowledge.training.base import BASE_SHA256
from knowledge.training.coverage import fit_coverage
from knowledge.training.examples import (
    Around,
    LabelledMessage,
    LabelledQuestion,
    read_around,
    read_messages,
    read_questions,
)
from knowledge.training.export import save_reader
from knowledge.training.lessons import lessons
from knowledge.training.messages import MessageTraining, save_adapter, train_messages
from knowledge.training.reader import ReaderTraining, train_reader

SEED = 1
Say = Callable[[str, int, int, float], object]


@dataclass(frozen=True)
class Places:
    """Where the files that the project ships are written."""

    reader: Path = reader_model.WEIGHTS_FOLDER
    messages: Path = adapter.WEIGHTS_FOLDER
    coverage: Path = COVERAGE_FILE


@dataclass(frozen=True)
class Training:
    """How everything is trained.

    :param kept_aside: bodies of guidance that the reader is not shown: coverage is fitted on them.
    """

    messages: MessageTraining = field(default_factory=MessageTraining)
    reader: ReaderTraining = field(default_factory=ReaderTraining)
    kept_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """What the search needs, for the passages near a question and for fitting coverage."""

    embedder: Embedder
    weights: Weights
    finding: Finding


def train_message_model(
    data: Path, training: MessageTraining, places: Places, work: Path, say: Say
) -> None:
    """Train the message model on `data/messages/*.jsonl` and write the adapter and its card.

    :param work: where a run that was stopped goes on from.
    :raises TrainingDataError: if the data cannot be used.
    """
    messages = [*read_messages(data / "messages"), *_remarks(read_around(data / "reading"))]

    def tell(done: int, of: int, loss: float) -> None:
        say("message model", done, of, loss)

    network = train_messages(messages, training, SEED, work / "messages.checkpoint", tell)
    places.messages.mkdir(parents=True, exist_ok=True)
    save_adapter(network, places.messages)
    made = {"messages": len(messages), "pinned": PINNED_SHA256, "scale": training.scale}
    _write_card(places.messages / adapter.ADAPTER_FILE, adapter.CARD_FILE, training, made)


def _remarks(around: Around) -> list[LabelledMessage]:
    """Give what asks nothing; of what stands around questions, the half kept from coverage."""
    half, _ = around.halves()
    texts = (*around.statements, *half.before, *half.after)
    return [LabelledMessage(text, REMARK, NO_MATTER) for text in texts]


def train_reader_model(
    data: Path, training: Training, places: Places, work: Path, search: Search, say: Say
) -> None:
    """Train the reader on `data/reading/*` but for what is kept aside; fit coverage on that.

    :param work: where a run that was stopped goes on from.
    :raises TrainingDataError: if the data cannot be used.
    """
    questions = read_questions(data / "reading")
    for_reader, for_coverage = read_around(data / "reading").halves()
    shown = [each for each in questions if each.passage.body not in training.kept_aside]
    chance = random.Random(SEED)
    taught = [
        lessons(shown, for_reader, search.embedder, chance) for _ in range(training.reader.passes)
    ]

    def tell(done: int, of: int, loss: float) -> None:
        say("reader", done, of, loss)

    network = train_reader(taught, training.reader, SEED, work / "reader.checkpoint", tell)
    places.reader.mkdir(parents=True, exist_ok=True)
    save_reader(network, places.reader / reader_model.READER_FILE)
    made = {
        "questions": len(shown),
        "bodies": sorted({each.passage.body for each in shown}),
        "kept_aside": list(training.kept_aside),
        "base": BASE_SHA256,
    }
    path = places.reader / reader_model.READER_FILE
    _write_card(path, reader_model.CARD_FILE, training.reader, made)
    aside = [q for q in questions if q.passage.body in training.kept_aside]
    calibrate(aside, for_coverage, places, search)


def calibrate(
    kept_aside: list[LabelledQuestion], around: Around, places: Places, search: Search
) -> None:
    """Fit the coverage model on questions about guidance that the reader has not seen."""
    reader = ReaderModel(places.reader)

    def finder_over(index: Index) -> Finder:
        return Finder(Searcher(index, search.embedder, search.weights), reader, search.finding)

    model = fit_coverage(kept_aside, around, search.embedder, finder_over)
    places.coverage.write_text(json.dumps(asdict(model), indent=2) + "\n", encoding="utf-8")


def _write_card(path: Path, card: str, training: Any, made: dict[str, Any]) -> None:
    values = {"sha256": digest_of(path), "seed": SEED, "training": asdict(training), **made}
    path.with_name(card).write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
