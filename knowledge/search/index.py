"""The index of one edition: vectors of passages, sentences and word pieces, and words for BM25."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import bm25s
import faiss
import numpy as np
import numpy.typing as npt
from bm25s.tokenization import Tokenized

from knowledge.documents.document import Document, Passage
from knowledge.language.analyser import Analyser
from knowledge.language.sentences import Sentence
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.pieces import PassagePieces, Pieces, gather


@dataclass(frozen=True)
class Entry:
    """A passage in the index, with its document and its sentences."""

    passage: Passage
    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def passage_text(self) -> str:
        """What is embedded for the passage: its title and heading trail, then its text."""
        return f"{self.trail}\n{self.passage.text}"

    @property
    def trail(self) -> str:
        """The title and the headings down to the passage."""
        return ". ".join((self.document.title, *self.passage.headings))

    @property
    def sentence_texts(self) -> tuple[str, ...]:
        """What is embedded for each sentence: its nearest heading, then the sentence.

        The title and headings come first as a sentence of their own: a question often asks for
        exactly what they name.
        """
        nearest = self.passage.headings[-1] if self.passage.headings else self.document.title
        return (self.trail, *(f"{nearest}: {sentence.text}" for sentence in self.sentences))


@dataclass(frozen=True)
class Analysed:
    """The analysed words of all passages and sentences, by their numbers.

    They are kept so that the index of another edition need not analyse them again.

    :param numbers: each word's number.
    :param passages: for each passage, the numbers of its words.
    :param sentences: the same for each sentence, in the order of the vectors.
    """

    numbers: Mapping[str, int]
    passages: Sequence[Sequence[int]]
    sentences: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Index:
    """Everything that search needs of one edition, in memory.

    :param entries: the passages, in the order of the vectors.
    :param passages: FAISS inner-product index of shape (number of passages, dimension).
    :param sentence_vectors: of all sentences, each passage's title first; float32 of shape
        (sentences, dimension).
    :param pieces: the word pieces of the passages.
    :param words: BM25 over the passages, None if they hold no words.
    :param sentence_words: the same over all sentences.
    :param frequencies: in how many passages each word occurs.
    :param analysed: what both were made from.
    :param firsts: for each passage, the number of its first sentence, plus one past the last.
    """

    entries: tuple[Entry, ...]
    passages: Any
    sentence_vectors: Vectors
    pieces: PassagePieces
    firsts: npt.NDArray[np.int32]
    words: bm25s.BM25 | None
    analyser: Analyser
    frequencies: Mapping[str, int]
    sentence_words: bm25s.BM25 | None
    analysed: Analysed

    def rarity(self, word: str) -> float:
        """How much an analysed word tells: its inverse document frequency, highest if unknown."""
        return math.log((len(self.entries) + 1) / (self.frequencies.get(word, 0) + 0.5))

    @property
    def passage_vectors(self) -> Vectors:
        """The passages' vectors, not copied: float32 of shape (passages, dimension)."""
        if self.passages.ntotal == 0:
            return np.zeros((0, self.passages.d), dtype=np.float32)
        flat = faiss.rev_swig_ptr(self.passages.get_xb(), self.passages.ntotal * self.passages.d)
        return np.asarray(flat).reshape(self.passages.ntotal, self.passages.d)


def build_index(
    entries: Sequence[Entry],
    vectors: Mapping[str, Vectors],
    pieces: Mapping[str, Pieces],
    dimension: int,
    analyser: Analyser,
) -> Index:
    """Build the index of some passages.

    :param vectors: a unit vector for each text that `texts_to_embed` names.
    :param pieces: the word pieces of each entry's `passage_text`.
    """
    passages = faiss.IndexFlatIP(dimension)
    passages.add(_stack([vectors[entry.passage_text] for entry in entries], dimension))
    sentences = _stack(
        [vectors[text] for entry in entries for text in entry.sentence_texts], dimension
    )
    own = [pieces[entry.passage_text] for entry in entries]
    parts = [
        each.parts(entry.sentences, len(entry.trail) + 1)
        for entry, each in zip(entries, own, strict=True)
    ]
    return assemble(entries, passages, sentences, gather(own, parts), analyser)


def embed_index(entries: Sequence[Entry], embedder: Embedder) -> Index:
    """Embed some passages and build their index, for guidance that is kept nowhere."""
    texts = texts_to_embed(entries)
    vectors, pieces = embedder.encode_whole(texts)
    return build_index(
        entries,
        dict(zip(texts, vectors, strict=True)),
        dict(zip(texts, pieces, strict=True)),
        embedder.dimension,
        Analyser(),
    )


def texts_to_embed(entries: Sequence[Entry]) -> list[str]:
    """Give every text whose vector the index needs, each once."""
    texts = [text for entry in entries for text in (entry.passage_text, *entry.sentence_texts)]
    return list(dict.fromkeys(texts))


def assemble(
    entries: Sequence[Entry],
    passages: Any,
    sentences: Vectors,
    pieces: PassagePieces,
    analyser: Analyser,
    analysed: Analysed | None = None,
) -> Index:
    """Put an index together from its vectors, made just now or read from files.

    :param analysed: the words of these entries, where they are known already.
    """
    known = analysed or analyse(entries, analyser, {})
    counts = np.array([len(entry.sentences) + 1 for entry in entries], dtype=np.int32)
    names = list(known.numbers)
    held = Counter(number for words in known.passages for number in set(words))
    return Index(
        entries=tuple(entries),
        passages=passages,
        sentence_vectors=sentences,
        pieces=pieces,
        firsts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        words=_words(known.passages, known.numbers),
        sentence_words=_words(known.sentences, known.numbers),
        analyser=analyser,
        frequencies={names[number]: count for number, count in held.items()},
        analysed=known,
    )


def analyse(entries: Sequence[Entry], analyser: Analyser, known: Mapping[str, int]) -> Analysed:
    """Analyse the words of some passages and their sentences.

    :param known: numbers that words have already; new ones follow on.
    """
    numbers = dict(known)

    def numbered(text: str) -> list[int]:
        return [numbers.setdefault(word, len(numbers)) for word in analyser.words(text)]

    passages = [numbered(entry.passage_text) for entry in entries]
    sentences = [numbered(text) for entry in entries for text in entry.sentence_texts]
    return Analysed(numbers, passages, sentences)


def _words(corpus: Sequence[Sequence[int]], numbers: Mapping[str, int]) -> bm25s.BM25 | None:
    if not any(corpus):
        return None
    # k1 and b as Anserini's defaults for passages: short texts need little length correction.
    words = bm25s.BM25(method="lucene", k1=0.9, b=0.4)
    words.index(Tokenized(list(corpus), dict(numbers)), show_progress=False)
    return words


def _stack(rows: Sequence[Vectors], dimension: int) -> Vectors:
    return np.stack(rows) if rows else np.zeros((0, dimension), dtype=np.float32)
