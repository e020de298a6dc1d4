"""The index of one edition: vectors of passages and sentences in FAISS, and words for BM25."""

import json
import math
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np
import numpy.typing as npt

from knowledge.analyser import Analyser
from knowledge.documents import Document, Passage
from knowledge.embedding import Vectors
from knowledge.sentences import Sentence

PASSAGES_FILE = "passages.faiss"
SENTENCES_FILE = "sentences.faiss"
MANIFEST_FILE = "index.json"


@dataclass(frozen=True)
class Entry:
    """A passage in the index, with its document and its sentences."""

    passage: Passage
    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def passage_text(self) -> str:
        """What is embedded for the passage: its title and heading trail, then its text."""
        trail = ". ".join((self.document.title, *self.passage.headings))
        return f"{trail}\n{self.passage.text}"

    @property
    def sentence_texts(self) -> tuple[str, ...]:
        """What is embedded for each sentence: its nearest heading, then the sentence.

        The title and headings come first as a sentence of their own: a question often asks for
        exactly what they name.
        """
        nearest = self.passage.headings[-1] if self.passage.headings else self.document.title
        title = ". ".join((self.document.title, *self.passage.headings))
        return (title, *(f"{nearest}: {sentence.text}" for sentence in self.sentences))


@dataclass(frozen=True)
class Index:
    """Everything that search needs of one edition, in memory.

    :param entries: the passages, in the order of the vectors.
    :param passages: FAISS inner-product index of shape (number of passages, dimension).
    :param sentences: the same for all sentences, each passage's title first.
    :param words: BM25 over the passages, None if they hold no words.
    :param sentence_words: the same over all sentences.
    :param owners: for each sentence, the number of its passage; int32 of shape (sentences,).
    :param frequencies: in how many passages each word occurs.
    :param firsts: for each passage, the number of its first sentence, plus one past the last.
    """

    entries: tuple[Entry, ...]
    passages: Any
    sentences: Any
    owners: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    words: bm25s.BM25 | None
    analyser: Analyser
    frequencies: Mapping[str, int]
    sentence_words: bm25s.BM25 | None

    def rarity(self, word: str) -> float:
        """How much an analysed word tells: its inverse document frequency, highest if unknown."""
        return math.log((len(self.entries) + 1) / (self.frequencies.get(word, 0) + 0.5))

    @property
    def passage_vectors(self) -> Vectors:
        """The passages' vectors, not copied: float32 of shape (passages, dimension)."""
        return _view(self.passages)

    @property
    def sentence_vectors(self) -> Vectors:
        """The sentences' vectors, not copied: float32 of shape (sentences, dimension)."""
        return _view(self.sentences)


def build_index(
    entries: Sequence[Entry],
    vectors: Mapping[str, Vectors],
    dimension: int,
    analyser: Analyser,
) -> Index:
    """Build the index of some passages.

    :param vectors: a unit vector for each text that `texts_to_embed` names.
    """
    passages = _flat([vectors[entry.passage_text] for entry in entries], dimension)
    sentences = _flat(
        [vectors[text] for entry in entries for text in entry.sentence_texts], dimension
    )
    return _assemble(entries, passages, sentences, analyser)


def texts_to_embed(entries: Sequence[Entry]) -> list[str]:
    """Give every text whose vector the index needs, each once."""
    texts = [text for entry in entries for text in (entry.passage_text, *entry.sentence_texts)]
    return list(dict.fromkeys(texts))


def save_index(index: Index, folder: Path, identity: str) -> None:
    """Write the FAISS files of an index to a folder, all or nothing.

    :param identity: what the files were derived from; loading asks for the same.
    """
    draft = folder.with_name(folder.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    faiss.write_index(index.passages, str(draft / PASSAGES_FILE))
    faiss.write_index(index.sentences, str(draft / SENTENCES_FILE))
    (draft / MANIFEST_FILE).write_text(json.dumps({"identity": identity}), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def load_index(
    entries: Sequence[Entry], folder: Path, identity: str, analyser: Analyser
) -> Index | None:
    """Read an index that `save_index` wrote, or None if it is missing, broken or of other data."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        if manifest["identity"] != identity:
            return None
        passages = faiss.read_index(str(folder / PASSAGES_FILE))
        sentences = faiss.read_index(str(folder / SENTENCES_FILE))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        # FAISS raises RuntimeError for a damaged file. The store has everything to build it anew.
        return None
    expected = sum(len(entry.sentences) + 1 for entry in entries)
    if passages.ntotal != len(entries) or sentences.ntotal != expected:
        return None
    return _assemble(entries, passages, sentences, analyser)


def _assemble(entries: Sequence[Entry], passages: Any, sentences: Any, analyser: Analyser) -> Index:
    counts = np.array([len(entry.sentences) + 1 for entry in entries], dtype=np.int32)
    firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    corpus = [analyser.words(entry.passage_text) for entry in entries]
    within = [analyser.words(text) for entry in entries for text in entry.sentence_texts]
    return Index(
        entries=tuple(entries),
        passages=passages,
        sentences=sentences,
        owners=np.repeat(np.arange(len(entries), dtype=np.int32), counts),
        firsts=firsts,
        words=_words(corpus),
        sentence_words=_words(within),
        analyser=analyser,
        frequencies=Counter(word for words in corpus for word in set(words)),
    )


def _words(corpus: Sequence[list[str]]) -> bm25s.BM25 | None:
    if not any(corpus):
        return None
    # k1 and b as Anserini's defaults for passages: short texts need little length correction.
    words = bm25s.BM25(method="lucene", k1=0.9, b=0.4)
    words.index(corpus, show_progress=False)
    return words


def _flat(rows: Sequence[Vectors], dimension: int) -> Any:
    index = faiss.IndexFlatIP(dimension)
    if rows:
        index.add(np.ascontiguousarray(np.stack(rows)))
    return index


def _view(index: Any) -> Vectors:
    if index.ntotal == 0:
        return np.zeros((0, index.d), dtype=np.float32)
    flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
    return np.asarray(flat).reshape(index.ntotal, index.d)
