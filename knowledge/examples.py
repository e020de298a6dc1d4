"""Example sentences under labels, and how near a message comes to each label."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.embedding import Embedder, Vectors


@dataclass(frozen=True)
class Nearness:
    """How near to an example a text must come (cosine), and nearer by how much than to rivals."""

    at_least: float
    by: float


class Examples:
    """Labelled example sentences with their embeddings."""

    def __init__(self, by_label: Mapping[str, Sequence[str]], embedder: Embedder) -> None:
        """Embed every example, all in one batch."""
        self._labels = list(by_label)
        counts = [len(sentences) for sentences in by_label.values()]
        self._starts = np.cumsum([0, *counts])[:-1]
        self._vectors = embedder.encode_many([s for label in by_label for s in by_label[label]])
        self._embedder = embedder

    def nearness(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Give for each label every text's similarity (cosine) to its nearest example there."""
        similarity = self._embedder.encode(texts) @ self._vectors.T
        nearest = np.maximum.reduceat(similarity, self._starts, axis=1)
        return dict(zip(self._labels, nearest.T, strict=True))

    def nearest(
        self, texts: Sequence[str], among: Iterable[str], rivals: Iterable[str], need: Nearness
    ) -> tuple[str, str] | None:
        """Give the label whose examples come nearest to any of the texts, and that text.

        :param among: the labels to choose from.
        :param rivals: the labels that the choice must beat, for the same text.
        :return: None when no text comes near enough.
        """
        nearness = self.nearness(texts)
        rival = np.maximum.reduce([nearness[label] for label in rivals])
        best: tuple[float, str, str] | None = None
        for label in among:
            near = nearness[label]
            enough = (near >= need.at_least) & (near - rival >= need.by)
            for i in np.flatnonzero(enough):
                if best is None or near[i] > best[0]:
                    best = (float(near[i]), label, texts[i])
        return best[1:] if best else None
