"""Word pieces: the parts of words that the embedding model reads, each with a vector of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.language.sentences import Sentence

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.int8]

WHOLE = 127  # what 1 is kept as: a byte for each number is exact enough to compare vectors


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a text; at least one.

    :param ids: the model's number for each; of shape (pieces,).
    :param starts: where each begins in the text, in characters; of the same shape.
    :param vectors: their unit vectors times `WHOLE`; of shape (pieces, dimension).
    """

    ids: Numbers
    starts: Numbers
    vectors: Bytes

    def parts(self, sentences: Sequence[Sentence], start: int) -> Numbers:
        """Give for each piece the number of its sentence from 1 on, or 0 for what comes before.

        :param start: where in the text the sentences' own text begins.
        """
        begins = [start + sentence.start for sentence in sentences]
        return np.searchsorted(begins, self.starts, side="right").astype(np.int32)


@dataclass(frozen=True)
class PassagePieces:
    """The word pieces of all passages, in the order of the passages.

    The vectors are by far the most of an index. They stay where they are when another edition is
    made from this one: each passage has an array of its own, or a view into a larger one.

    :param vectors: for each passage, of shape (its pieces, dimension).
    :param ids: of shape (pieces,).
    :param parts: for each piece, 0 in the title and headings, else the number of its sentence.
    :param firsts: for each passage, the number of its first piece, plus one past the last.
    :param frequencies: in how many passages each piece occurs, however often it stands there.
    """

    vectors: Sequence[Bytes]
    ids: Numbers
    parts: Numbers
    firsts: Numbers
    frequencies: Mapping[int, int]

    def nearness(
        self, asked: Pieces, passages: npt.NDArray[np.int64], most: int
    ) -> tuple[Scores, Scores]:
        """Say how near passages come to a question, piece by piece.

        Of each piece of the question the nearest piece counts (cosine), rare ones more than common
        ones: late interaction, after ColBERT (Khattab and Zaharia, 2020).

        :param passages: the numbers of the passages to compare, at least one.
        :param most: how many pieces of the question are compared, the rarest.
        :return: for each of them the nearness, from -1 to 1, of the whole passage, and of its
            nearest sentence together with its title and headings.
        """
        weights = self._weights(asked.ids)
        rarest = np.argsort(-weights, kind="stable")[:most]
        weights = weights[rarest] / weights[rarest].sum() / WHOLE**2
        wanted = asked.vectors[rarest].T.astype(np.float32)
        starts, ends = self.firsts[passages], self.firsts[passages + 1]
        spans = [slice(start, end) for start, end in zip(starts, ends, strict=True)]
        # One passage after the other, so that its numbers stay in the processor's cache.
        near = np.concatenate(
            [self.vectors[passage].astype(np.float32) @ wanted for passage in passages]
        )
        # The pieces of a sentence stand together: it goes from one change to the next.
        parts = np.concatenate([self.parts[span] for span in spans])
        owners = np.repeat(np.arange(len(passages)), ends - starts)
        changes = (np.diff(owners, prepend=-1) != 0) | (np.diff(parts, prepend=-1) != 0)
        places = np.flatnonzero(changes)
        sentences = np.maximum.reduceat(near, places, axis=0)
        of = owners[places]
        first = np.searchsorted(of, np.arange(len(passages)))
        whole = np.maximum.reduceat(sentences, first, axis=0) @ weights
        titled = np.maximum(sentences, sentences[first][of]) @ weights
        return whole, np.maximum.reduceat(titled, first)

    def _weights(self, ids: Numbers) -> Scores:
        """Say how much each piece tells: its inverse document frequency, highest if unknown."""
        frequencies = np.array([self.frequencies.get(id, 0) for id in ids.tolist()])
        return np.log(len(self.firsts) / (frequencies + 0.5)).astype(np.float32)


def gather(pieces: Sequence[Pieces], parts: Sequence[Numbers]) -> PassagePieces:
    """Put the pieces of all passages together.

    :param parts: for each passage what its `Pieces.parts` gave.
    """
    none = np.zeros(0, dtype=np.int32)
    ids = np.concatenate([none, *(each.ids for each in pieces)])
    firsts = np.cumsum([0, *(len(each.ids) for each in pieces)], dtype=np.int32)
    return PassagePieces(
        vectors=tuple(each.vectors for each in pieces),
        ids=ids,
        parts=np.concatenate([none, *parts]),
        firsts=firsts,
        frequencies=frequencies_of(ids, firsts),
    )


def frequencies_of(ids: Numbers, firsts: Numbers) -> dict[int, int]:
    """Count in how many passages each piece occurs."""
    owners = np.repeat(np.arange(len(firsts) - 1, dtype=np.int64), np.diff(firsts))
    held = np.unique(owners << 32 | ids) & 0xFFFFFFFF
    found, counts = np.unique(held, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
