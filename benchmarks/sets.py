"""Retrieval sets in BEIR form, and how well a ranking fits one."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEPTH = 10


@dataclass(frozen=True)
class Text:
    """One text to find."""

    id: str
    title: str
    body: str


@dataclass(frozen=True)
class RetrievalSet:
    """Texts, questions, and how relevant which text is to which question.

    :param questions: by identifier; only those with a relevant text.
    :param relevant: for each question, the grade of each relevant text.
    """

    name: str
    texts: tuple[Text, ...]
    questions: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


def read_set(folder: Path) -> RetrievalSet:
    """Read corpus.jsonl, queries.jsonl and qrels.tsv of a folder."""
    texts = tuple(
        Text(row["_id"], row.get("title", ""), row["text"])
        for row in _rows(folder / "corpus.jsonl")
    )
    relevant: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, text, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(question, {})[text] = int(grade)
    questions = {
        row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl") if row["_id"] in relevant
    }
    return RetrievalSet(folder.name, texts, questions, relevant)


def find_sets(folder: Path) -> list[RetrievalSet]:
    """Read every set that lies in a folder, or the one that the folder is."""
    folders = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    return [read_set(path) for path in folders if (path / "qrels.tsv").is_file()]


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Give nDCG at 10 with linear gain, as trec_eval and BEIR count it."""
    ideal = sorted(relevant.values(), reverse=True)
    return _gain([relevant.get(text, 0) for text in ranked]) / _gain(ideal)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
