"""The index of an edition made from that of the one before: what stayed is not made again."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import faiss
import numpy as np

from knowledge.language.analyser import Analyser
from knowledge.search.embedding import Vectors
from knowledge.search.index import Analysed, Entry, Index, analyse, assemble, build_index
from knowledge.search.pieces import Bytes, PassagePieces, Pieces

# All that the index holds of a passage is derived from these.
_Key = tuple[str, tuple[str, ...]]
# Rows that stand together in one of the two indexes: from, to, and whether it is the old one.
_Run = tuple[bool, int, int]


def key_of(entry: Entry) -> _Key:
    """Give what tells whether an index holds a passage already."""
    return entry.passage_text, entry.sentence_texts


def new_entries(entries: Iterable[Entry], old: Index) -> list[Entry]:
    """Give the passages that an index does not hold."""
    held = {key_of(entry) for entry in old.entries}
    return [entry for entry in entries if key_of(entry) not in held]


def next_index(
    old: Index,
    entries: Sequence[Entry],
    vectors: Mapping[str, Vectors],
    pieces: Mapping[str, Pieces],
    analyser: Analyser,
) -> Index:
    """Build the index of some passages, taking from another what it holds of them.

    It is the same as `build_index` would make.

    :param vectors: of the texts of `new_entries`, and their word pieces.
    """
    dimension = old.passages.d
    new = new_entries(entries, old)
    made = build_index(new, vectors, pieces, dimension, analyser)
    runs = _runs(entries, old, made)
    passages = faiss.IndexFlatIP(dimension)
    passages.add(_rows(runs, old.passage_vectors, made.passage_vectors))
    of_sentences = _inside(runs, old.firsts.tolist(), made.firsts.tolist())
    sentences = _rows(of_sentences, old.sentence_vectors, made.sentence_vectors)
    analysed = _analysed(runs, of_sentences, old, new, analyser)
    return assemble(entries, passages, sentences, _pieces(runs, old, made), analyser, analysed)


def _runs(entries: Sequence[Entry], old: Index, made: Index) -> list[_Run]:
    """Say where the rows of each passage come from, neighbours together."""
    places = {key_of(entry): (False, place) for place, entry in enumerate(made.entries)}
    places |= {key_of(entry): (True, place) for place, entry in enumerate(old.entries)}
    runs: list[_Run] = []
    for entry in entries:
        is_old, place = places[key_of(entry)]
        if runs and runs[-1][0] is is_old and runs[-1][2] == place:
            runs[-1] = (is_old, runs[-1][1], place + 1)
        else:
            runs.append((is_old, place, place + 1))
    return runs


def _inside(runs: Iterable[_Run], old: Sequence[int], made: Sequence[int]) -> list[_Run]:
    """Give the rows of what stands in the passages, by the first row of each passage."""
    return [
        (is_old, (old if is_old else made)[start], (old if is_old else made)[end])
        for is_old, start, end in runs
    ]


def _rows(runs: Iterable[_Run], old: Vectors, made: Vectors) -> Vectors:
    none = old[:0]
    return np.concatenate([none, *((old if of else made)[start:end] for of, start, end in runs)])


def _analysed(
    runs: Iterable[_Run], of_sentences: Iterable[_Run], old: Index, new: Sequence[Entry],
    analyser: Analyser,
) -> Analysed:  # fmt: skip
    before = old.analysed
    made = analyse(new, analyser, before.numbers)
    passages: list[Sequence[int]] = []
    sentences: list[Sequence[int]] = []
    for is_old, start, end in runs:
        passages += (before if is_old else made).passages[start:end]
    for is_old, start, end in of_sentences:
        sentences += (before if is_old else made).sentences[start:end]
    return Analysed(made.numbers, passages, sentences)


def _pieces(runs: Sequence[_Run], old: Index, made: Index) -> PassagePieces:
    before, new = old.pieces, made.pieces
    inside = _inside(runs, before.firsts.tolist(), new.firsts.tolist())
    vectors: list[Bytes] = []
    counts = []
    for is_old, start, end in runs:
        source = before if is_old else new
        vectors += source.vectors[start:end]
        counts.append(np.diff(source.firsts[start : end + 1]))
    none = np.zeros(0, dtype=np.int32)
    return PassagePieces(
        vectors=vectors,
        ids=np.concatenate([none, *((before if of else new).ids[a:b] for of, a, b in inside)]),
        parts=np.concatenate([none, *((before if of else new).parts[a:b] for of, a, b in inside)]),
        firsts=np.concatenate([[0], np.cumsum(np.concatenate([none, *counts]))]).astype(np.int32),
        frequencies=_frequencies(runs, before, new),
    )


def _frequencies(runs: Sequence[_Run], old: PassagePieces, new: PassagePieces) -> dict[int, int]:
    """Count the pieces again: of passages that are gone one less, of new ones one more."""
    counts = dict(old.frequencies)
    stays = np.zeros(len(old.vectors), dtype=bool)
    for is_old, start, end in runs:
        if is_old:
            stays[start:end] = True
    firsts = list(pairwise(old.firsts.tolist()))
    for place in np.flatnonzero(~stays).tolist():
        for piece in np.unique(old.ids[slice(*firsts[place])]).tolist():
            counts[piece] -= 1
    for piece, count in new.frequencies.items():
        counts[piece] = counts.get(piece, 0) + count
    return {piece: count for piece, count in counts.items() if count}
