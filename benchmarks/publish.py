"""How long a two-page document takes from its upload until it answers, among many passages.

    python -m benchmarks.publish [--passages 10000] [--documents 5]

Each document is read from its file in the process for that, becomes a draft, is published, and is
asked about. The passages around it are made up, as for `benchmarks.search`.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.search import guidance_words, made_up, made_up_pieces
from knowledge.answers.conversation import Conversation
from knowledge.editions.changes import Change, Outcome, carried
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.edition import StoredPassage, Version
from knowledge.messages.adapter import export_message_model
from knowledge.search.encoder import export_encoder
from knowledge.search.index import texts_to_embed
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from web.staff.drafting import begin_from_file, publish_draft

_ANIMALS = ("otters", "badgers", "herons", "beavers", "lapwings", "adders", "stoats", "plovers")
_SECTIONS = 14  # of about 70 words: two pages
EDITOR = Actor("an editor", "editor")


class Timed(Service):
    """A service that says when it began to answer from its newest edition."""

    answers_since = 0.0

    def follow(self) -> None:
        super().follow()
        self.answers_since = time.perf_counter()


def fill(service: Service, count: int) -> None:
    """Publish many passages without embedding them: time does not depend on what they say."""
    entries = []
    versions = {}
    for name, group in groupby(made_up(count), key=lambda entry: entry.document.id):
        first, *rest = group
        own = [first, *(replace(entry, document=first.document) for entry in rest)]
        entries += own
        stored = tuple(StoredPassage(entry.passage, entry.sentences) for entry in own)
        versions[name] = Version(first.document, stored, (f"/{name}.md",))
    kept, embedder = service.store.embedded, service.embedder()
    texts = texts_to_embed(entries)
    random = np.random.default_rng(2).normal(size=(len(texts), embedder.dimension))
    random = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float32)
    kept.save_vectors(embedder.digest, dict(zip(texts, random, strict=True)))
    kept.save_pieces(
        embedder.digest,
        {entry.passage_text: made_up_pieces(entry, embedder.dimension) for entry in entries},
    )
    outcome = Outcome(versions, frozenset(), settings=carried({}))
    report = service.library.publish(Change("benchmark", "Made up.", lambda _state: outcome))
    assert report.embedded == 0


def two_pages(animal: str, words: list[str]) -> bytes:
    """Write a document of two pages about an animal, most of it of words drawn at random."""
    drawn = np.random.default_rng(_ANIMALS.index(animal)).choice(words, (_SECTIONS, 6, 9))
    parts = [f"# Keeping {animal} at school\n"]
    for number, section in enumerate(drawn, 1):
        rest = " ".join(f"Keep {' '.join(sentence)}." for sentence in section)
        rule = f"A school that keeps {animal} must follow rule {number} on {section[0][0]}."
        parts.append(f"## Rule {number} about {animal}\n\n{rule} {rest}\n")
    return "\n".join(parts).encode()


def timed(service: Timed, drafts: Drafts, animal: str) -> tuple[float, float, float]:
    """Give the seconds until a document is a draft, answers, and has its index on the disk."""
    content = two_pages(animal, guidance_words())
    start = time.perf_counter()
    (number,) = begin_from_file(service, drafts, f"{animal}.md", content, EDITOR)
    made = time.perf_counter()
    publish_draft(service, drafts, drafts.find(number), EDITOR)
    ended = time.perf_counter()
    dialogue = service.dialogue()
    checked = dialogue.check(f"What must a school that keeps {animal} do?")
    turn = dialogue.answer(checked, Conversation())
    cited = [source.passage_id for reply in turn.replies for source in reply.sources]
    assert any(f"keeping-{animal}" in passage for passage in cited), turn
    answers = service.answers_since
    return made - start, answers - made, ended - answers


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=5)
    parser.add_argument(
        "--keep", type=Path, default=Path(".benchmark"), help="where the models stay"
    )
    options = parser.parse_args()
    keep = options.keep.resolve()
    export_encoder(None, keep / "encoder")
    export_message_model(keep / "message-model")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        settings.encoder_folder.symlink_to(keep / "encoder")
        settings.message_model_folder.symlink_to(keep / "message-model")
        service = Timed(settings)
        fill(service, options.passages)
        service.dialogue()
        drafts = Drafts(service.store.engine)
        rows = [timed(service, drafts, animal) for animal in _ANIMALS[: options.documents]]
        service.close()
    whole = [draft + edition for draft, edition, _ in rows]
    print(f"{options.passages} passages, {len(rows)} documents of two pages; seconds, the middle:")
    for name, place in (("upload to draft", 0), ("draft to answer", 1), ("then to the disk", 2)):
        print(f"  {name:<20} {statistics.median(row[place] for row in rows):5.2f}")
    print(
        f"  {'upload to answerable':<20} {statistics.median(whole):5.2f}   longest {max(whole):.2f}"
    )


if __name__ == "__main__":
    main()
