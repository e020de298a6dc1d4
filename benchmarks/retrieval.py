"""Our search beside others', on sets in BEIR form: quality and latency in one table.

    python -m benchmarks.retrieval --data FOLDER [--keep FOLDER] [--only NAME]...

Every system uses the same embedding model, and its default configuration on every set.
"""

import argparse
import os
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from benchmarks.peers import Build, EmbeddedTexts, Search, whole
from benchmarks.peers.ours import entries
from benchmarks.sets import RetrievalSet, find_sets, ndcg
from benchmarks.vectors import embed, embed_pieces
from knowledge.search.embedding import load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.search.index import texts_to_embed

SYSTEMS = {
    "BM25": "words",
    "dense MiniLM": "dense",
    "Haystack hybrid": "haystack",
    "txtai hybrid": "txtai",
    "ours": "ours",
}
_WARM_UP = 5


@dataclass(frozen=True)
class Measured:
    """How a system did on a set; times are in milliseconds and include embedding the question."""

    ndcg: float
    hit: float
    median: float
    p95: float


def measure(search: Search, data: RetrievalSet) -> Measured:
    """Ask a system every question of a set."""
    for question in list(data.questions.values())[-_WARM_UP:]:
        search(question)
    gains, hits, times = [], [], []
    for name, question in data.questions.items():
        start = time.perf_counter()
        found = search(question)
        times.append(1000 * (time.perf_counter() - start))
        ranked = [each.id for each in found]
        gains.append(ndcg(ranked, data.relevant[name]))
        hits.append(bool(ranked) and ranked[0] in data.relevant[name])
    return Measured(
        statistics.mean(gains),
        statistics.mean(hits),
        statistics.median(times),
        float(np.percentile(times, 95)),
    )


def run(data: RetrievalSet, keep: Path, systems: Mapping[str, str]) -> None:
    """Measure the systems on one set and print its table."""
    export_encoder(None, keep / "encoder")
    embedder = load_embedder(keep / "encoder")
    ours = entries(data.texts)
    texts = [*texts_to_embed(ours), *map(whole, data.texts)]
    embedded = EmbeddedTexts(
        embed(texts, embedder, keep / f"{data.name}.npz"),
        embed_pieces([entry.passage_text for entry in ours], embedder, keep / data.name),
    )
    print(f"\n{data.name}: {len(data.texts)} texts, {len(data.questions)} questions")
    print(f"| {'system':<16} | nDCG@10 | hit@1 | p50 ms | p95 ms |")
    print(f"|{'-' * 18}|--------:|------:|-------:|-------:|")
    for name, module in systems.items():
        build: Build = import_module(f"benchmarks.peers.{module}").build
        # Each system gets a model of its own, so that none finds another's questions remembered.
        result = measure(build(data.texts, embedded, load_embedder(keep / "encoder")), data)
        print(
            f"| {name:<16} | {result.ndcg:7.4f} | {result.hit:5.3f} "
            f"| {result.median:6.1f} | {result.p95:6.1f} |",
            flush=True,
        )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--data", type=Path, required=True, help="folder of sets in BEIR form")
    parser.add_argument("--keep", type=Path, default=Path(".benchmark"), help="where vectors stay")
    parser.add_argument("--only", action="append", choices=list(SYSTEMS), help="only these systems")
    options = parser.parse_args()
    os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
    systems = {name: SYSTEMS[name] for name in options.only or SYSTEMS}
    for data in find_sets(options.data):
        run(data, options.keep, systems)


if __name__ == "__main__":
    main()
