"""How long a search takes among many passages, embedding the question and reading included.

    python -m benchmarks.search [--passages 10000]

The passages are made up of the guidance's words, and their vectors are random: time does not
depend on what they say.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from benchmarks import LONG, our_questions
from knowledge.documents.document import Document, Passage
from knowledge.language.analyser import Analyser
from knowledge.language.sentences import split_sentences
from knowledge.reading.finder import Finder
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.search.index import Entry, build_index, texts_to_embed
from knowledge.search.pieces import Pieces
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning

_KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
_SENTENCES, _WORDS, _PER_DOCUMENT = 5, 18, 8


def guidance_words() -> list[str]:
    """Give the words of the guidance, common ones as often as they stand there."""
    written = " ".join(path.read_text("utf-8") for path in (_KNOWLEDGE / "guidance").glob("*.md"))
    return [word for word in written.split() if word.isalpha()]


def made_up(count: int) -> list[Entry]:
    """Make passages of about the guidance's length out of its words, common ones more often."""
    words = np.array(guidance_words())
    drawn = np.random.default_rng(1).choice(words, (count, _SENTENCES, _WORDS))
    made = []
    for number, passage in enumerate(drawn):
        text = " ".join(" ".join(sentence).capitalize() + "." for sentence in passage)
        document = Document(f"document-{number // _PER_DOCUMENT}", " ".join(passage[0][:5]))
        headings = (" ".join(passage[1][:6]),)
        name = f"{document.id}#{number}"
        made.append(
            Entry(Passage(name, document.id, headings, text), document, split_sentences(text))
        )
    return made


def made_up_pieces(entry: Entry, dimension: int) -> Pieces:
    """Make word pieces of a passage, one for every four letters."""
    starts = np.arange(0, len(entry.passage_text), 4, dtype=np.int32)
    random = np.random.default_rng(len(entry.passage_text))
    return Pieces(
        ids=random.integers(1000, 30_000, len(starts), dtype=np.int32),
        starts=starts,
        vectors=random.integers(-20, 20, (len(starts), dimension), dtype=np.int8),
    )


def main() -> None:
    """Build an index and time searches in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument(
        "--keep", type=Path, default=Path(".benchmark"), help="where the model stays"
    )
    options = parser.parse_args()
    count = options.passages
    export_encoder(None, options.keep / "encoder")
    embedder = load_embedder(options.keep / "encoder")
    entries = made_up(count)
    texts = texts_to_embed(entries)
    random = np.random.default_rng(2).normal(size=(len(texts), embedder.dimension))
    random = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float32)
    pieces = {entry.passage_text: made_up_pieces(entry, embedder.dimension) for entry in entries}
    start = time.perf_counter()
    index = build_index(
        entries, dict(zip(texts, random, strict=True)), pieces, embedder.dimension, Analyser()
    )
    tuning = load_tuning()
    searcher = Searcher(index, embedder, tuning.search)
    finder = Finder(searcher, ReaderModel(), tuning.finding)
    print(f"{count} passages, {len(index.sentence_vectors)} sentences, {len(index.pieces.ids)} "
          f"word pieces; ready in {time.perf_counter() - start:.1f} s")  # fmt: skip
    questions = our_questions()[:400]
    for question in questions[:20]:
        searcher.search(question)
    short, long = f"up to {LONG} words", "more words"
    times: dict[str, list[tuple[float, ...]]] = {short: [], long: []}
    for question in questions[20:]:
        start = time.perf_counter()
        searcher.search(question)
        whole = time.perf_counter() - start
        other = f"{question} please"  # as long, and not remembered
        start = time.perf_counter()
        embedder.encode([other])
        embedding = time.perf_counter() - start
        name = long if len(question.split()) > LONG else short
        start = time.perf_counter()
        finder.find(f"{question} then")
        found = time.perf_counter() - start
        times[name].append((1000 * found, 1000 * whole, 1000 * embedding))
    times["together"] = [pair for pairs in times.values() for pair in pairs]
    for name, pairs in times.items():
        print(f"{name}, {len(pairs)} questions:")
        for what, column in (("search and reader", 0), ("search", 1), ("of which embedding", 2)):
            p50, p95 = np.percentile([pair[column] for pair in pairs], [50, 95])
            print(f"  {what:<20} p50 {p50:5.1f} ms   p95 {p95:5.1f} ms")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
