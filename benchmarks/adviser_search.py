"""How long an adviser waits for each letter, among many passages, from the request to the page.

    python -m benchmarks.adviser_search [--passages 10000]

Ten calls are typed letter by letter, through the app and its sign-in, as a browser asks for them:
what the search alone finds at each letter, and what is read when typing stops. The passages are
those of `benchmarks.search`: made up of the guidance's words, with random vectors. On a machine
that does other work too, what the processor worked says more than what was waited.
"""

import argparse
import datetime as dt
import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
from starlette.testclient import TestClient

from benchmarks.search import made_up, made_up_pieces
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.eligibility import EligibilityRules
from knowledge.documents.document import Document
from knowledge.editions.edition import Edition, StoredPassage, Version
from knowledge.language.analyser import Analyser
from knowledge.search.encoder import export_encoder
from knowledge.search.index import Entry, Index, build_index, texts_to_embed
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import COOKIE

CALLS = (
    "how much notice does a head give",
    "can a deputy be made redundant after a merger",
    "sick pay after six months",
    "directed time on training days",
    "flexible working request refused",
    "parent removed child to home educate",
    "who can come to a disciplinary hearing",
    "paternity leave for an adopting teacher",
    "what happens at a send area inspection",
    "settlement agreement independent advice",
)
Taken = tuple[float, float]  # milliseconds: by the clock, and of the processor
_WARM = 2  # calls that are typed before time is taken


class MadeUpService(Service):
    """A service over one edition that is in memory only: nothing is published."""

    def __init__(self, settings: Settings, entries: list[Entry]) -> None:
        super().__init__(settings)
        self._entries = entries
        self._answering: tuple[Edition, Dialogue] | None = None

    def answering(self) -> tuple[Edition, Dialogue]:
        """Give that edition; what is switched off is asked for each time, as it is in earnest."""
        self.store.standing()
        if self._answering is None:
            index = _index(self._entries, self)
            dialogue = Dialogue(
                self._engine_over(index), self.composer, EligibilityRules.load(),
                self.tuning.dialogue,
            )  # fmt: skip
            edition = Edition(1, dt.datetime.now(dt.UTC), "", {}, _versions(self._entries))
            self._answering = edition, dialogue
        return self._answering

    def dialogue(self) -> Dialogue:
        """Give the dialogue over it."""
        return self.answering()[1]


def main() -> None:
    """Type the calls and print what each letter took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument(
        "--keep", type=Path, default=Path(".benchmark"), help="where the model stays"
    )
    options = parser.parse_args()
    export_encoder(None, options.keep / "encoder")
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), rasa_port=1)
        settings.encoder_folder.symlink_to((options.keep / "encoder").resolve())
        service = MadeUpService(settings, made_up(options.passages))
        site = Site(settings, service)
        site.staff.users.add("cat", "adviser", Actor("benchmark"))
        user = site.staff.users.find("cat")
        assert user is not None  # made a line above
        client = TestClient(create_app(site), base_url="http://127.0.0.1")
        client.cookies.set(COOKIE, site.staff.sessions.begin(user))
        client.get("/adviser")
        letters: list[Taken] = []
        pauses: list[Taken] = []
        for number, call in enumerate(CALLS):
            typed, paused = _type(client, call)
            if number >= _WARM:
                letters += typed
                pauses += paused
        site.staff.close()
        site.tracker.dispose()
        service.close()
    load = os.getloadavg()[0]
    print(f"{options.passages} passages, {os.cpu_count()} cores, load {load:.1f}")
    _say("each letter", letters)
    _say("read, when typing stops", pauses)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _type(client: TestClient, call: str) -> tuple[list[Taken], list[Taken]]:
    letters = [
        _timed(client, call[:end]) for end in range(1, len(call) + 1) if call[end - 1] != " "
    ]
    return letters, [_timed(client, call, read="1")]


def _timed(client: TestClient, text: str, **more: str) -> Taken:
    start, worked = time.perf_counter(), time.process_time()
    response = client.get("/adviser/results", params={"q": text, "page": "1", **more})
    taken = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked)
    assert response.status_code == 200, response.text
    return taken


def _say(what: str, times: list[Taken]) -> None:
    print(f"{what} ({len(times)}):")
    for name, column in (("waited", 0), ("worked", 1)):
        p50, p95 = np.percentile([taken[column] for taken in times], [50, 95])
        print(f"  {name}  p50 {p50:5.0f} ms   p95 {p95:5.0f} ms")


def _index(entries: list[Entry], service: Service) -> Index:
    dimension = service.embedder().dimension
    texts = texts_to_embed(entries)
    random = np.random.default_rng(2).normal(size=(len(texts), dimension))
    vectors = (random / np.linalg.norm(random, axis=1, keepdims=True)).astype(np.float32)
    pieces = {entry.passage_text: made_up_pieces(entry, dimension) for entry in entries}
    return build_index(
        entries, dict(zip(texts, vectors, strict=True)), pieces, dimension, Analyser()
    )


def _versions(entries: list[Entry]) -> tuple[Version, ...]:
    held: dict[str, tuple[Document, list[StoredPassage]]] = {}
    for entry in entries:
        _, passages = held.setdefault(entry.document.id, (entry.document, []))
        passages.append(StoredPassage(entry.passage, entry.sentences))
    return tuple(Version(document, tuple(own), ()) for document, own in held.values())


if __name__ == "__main__":
    main()
