"""Example sentences under labels, and how near a message comes to each label."""

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from knowledge.language.rule_files import read_rules, texts
from knowledge.search.embedding import Embedder, Vectors

RULES_FOLDER = Path(__file__).with_name("rules")


class Examples:
    """Labelled example sentences with their embeddings."""

    def __init__(
        self,
        by_label: Mapping[str, Sequence[str]],
        embedder: Embedder,
        keep: Path | None = None,
    ) -> None:
        """Embed every example, all in one batch.

        :param keep: a folder for the embeddings, so that the next start need not make them again.
        """
        self._labels = list(by_label)
        counts = [len(sentences) for sentences in by_label.values()]
        self._starts = np.cumsum([0, *counts])[:-1]
        sentences = [sentence for label in by_label for sentence in by_label[label]]
        self._vectors = keep_vectors(sentences, embedder, keep)
        self._embedder = embedder

    def nearness(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Give for each label every text's similarity (cosine) to its nearest example there."""
        similarity = self._embedder.encode(texts) @ self._vectors.T
        nearest = np.maximum.reduceat(similarity, self._starts, axis=1)
        return dict(zip(self._labels, nearest.T, strict=True))


class Judge:
    """Says how likely a text belongs under each label: a logistic regression over the examples.

    It learns from all of them together, and so hears in a story what no single example says.
    """

    def __init__(
        self,
        by_label: Mapping[str, Sequence[str]],
        embedder: Embedder,
        keep: Path | None = None,
    ) -> None:
        """Embed every example, all in one batch, and fit the regression (half a second).

        :param by_label: the examples of three labels or more.
        :param keep: a folder for the embeddings, so that the next start need not make them again.
        """
        from sklearn.linear_model import LogisticRegression  # seconds, which no command need wait

        labels = [label for label in by_label for _ in by_label[label]]
        sentences = [sentence for label in by_label for sentence in by_label[label]]
        # Hardly regularised: the vectors are short and the examples were chosen by hand.
        model = LogisticRegression(C=100, max_iter=500)
        self._vectors, self._of = keep_vectors(sentences, embedder, keep), np.array(labels)
        model.fit(self._vectors, labels)
        self._labels = [str(label) for label in model.classes_]
        self._weights, self._offsets = model.coef_.T, model.intercept_
        self._embedder = embedder

    def likelihood(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Give for each label the likelihood, from 0 to 1, of every text."""
        # Its own `predict_proba` spends a millisecond on checking what it is given.
        scores = self._embedder.encode(texts) @ self._weights + self._offsets
        likelihood = np.exp(scores - scores.max(axis=1, keepdims=True))
        likelihood /= likelihood.sum(axis=1, keepdims=True)
        return dict(zip(self._labels, likelihood.T, strict=True))

    def lead(self, texts: Sequence[str], labels: Collection[str]) -> Vectors:
        """Give how much nearer (cosine) each text comes to an example under the labels than to any
        other; below 0 when another is nearer.
        """
        near = self._embedder.encode(texts) @ self._vectors.T
        under = np.isin(self._of, list(labels))
        lead: Vectors = near[:, under].max(axis=1) - near[:, ~under].max(axis=1)
        return lead


def keep_vectors(sentences: Sequence[str], embedder: Embedder, keep: Path | None) -> Vectors:
    """Give the sentences' embeddings, from the folder if this model left them there before."""
    if keep is None:
        return embedder.encode_many(sentences)
    key = "\0".join([embedder.digest, *sentences])
    path = keep / f"examples-{hashlib.sha256(key.encode()).hexdigest()[:16]}.npz"
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            kept: Vectors = file["vectors"]
            digest = str(file["digest"])
        if kept.shape == (len(sentences), embedder.dimension) and digest == _digest(kept):
            return kept
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        pass  # not there, cut short or damaged: made again below
    vectors = embedder.encode_many(sentences)
    keep.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(unfinished, vectors=vectors, digest=np.array(_digest(vectors)))
    unfinished.replace(path)
    return vectors


def _digest(vectors: Vectors) -> str:
    return hashlib.sha256(np.ascontiguousarray(vectors).tobytes()).hexdigest()


def load_ordinary(folder: Path = RULES_FOLDER) -> list[str]:
    """Read the ordinary questions of every topic."""
    path = folder / "ordinary.yml"
    rules = read_rules(path)
    return [question for topic in rules for question in texts(rules, path, topic)]


def load_examples(path: Path) -> list[str]:
    """Read every example sentence of a file of rules, whatever it is an example of."""
    return _sentences_in(read_rules(path), under_examples=False)


def _sentences_in(value: Any, under_examples: bool) -> list[str]:
    if isinstance(value, dict):
        return [
            sentence
            for name, inner in value.items()
            for sentence in _sentences_in(inner, under_examples or name == "examples")
        ]
    return [str(item) for item in value] if under_examples and isinstance(value, list) else []
