"""Known questions: examples of what the guidance covers, and of what it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.answers.questions import read_lines
from knowledge.messages.examples import keep_vectors
from knowledge.search.embedding import Embedder, Vectors

KNOWN_FOLDER = Path(__file__).with_name("calibration")


@dataclass(frozen=True)
class Nearest:
    """How near a question comes to the known ones, as cosines.

    :param covered: to the nearest question that the guidance covers.
    :param uncovered: to the nearest question that it does not cover.
    :param documents: for each document, to the nearest question that it answers.
    """

    covered: float
    uncovered: float
    documents: Mapping[str, float]


class KnownQuestions:
    """The known questions of a folder, with their embeddings.

    Scores of a search alone cannot tell "how long is maternity leave?" from "may I work during
    maternity leave?": both come near the same passage. An example of each can.

    :param keep: a folder for the embeddings, so that the next start need not make them again.
    """

    def __init__(
        self, embedder: Embedder, folder: Path = KNOWN_FOLDER, keep: Path | None = None
    ) -> None:
        covered = read_lines(folder / "covered.jsonl")
        uncovered = read_lines(folder / "uncovered.jsonl")
        self.questions: Sequence[str] = [row["question"] for row in (*covered, *uncovered)]
        self.covered = np.arange(len(self.questions)) < len(covered)
        self._main = [row["documents"][0] for row in covered]
        self._vectors = keep_vectors(self.questions, embedder, keep)
        self._embedder = embedder

    def nearest(self, question: str, leave_out: int | None = None) -> Nearest:
        """Compare a question with the known ones.

        :param leave_out: the number of a known question to pass over: itself, when fitting.
        """
        near: Vectors = self._vectors @ self._embedder.encode([question])[0]
        if leave_out is not None:
            near[leave_out] = -1.0
        documents: dict[str, float] = {}
        for document_id, value in zip(self._main, near[self.covered], strict=True):
            documents[document_id] = max(documents.get(document_id, -1.0), float(value))
        return Nearest(
            covered=float(near[self.covered].max(initial=-1.0)),
            uncovered=float(near[~self.covered].max(initial=-1.0)),
            documents=documents,
        )
