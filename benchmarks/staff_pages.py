"""How long each page of editors takes, and how big it is, with a thousand documents.

    python -m benchmarks.staff_pages [--documents 1000]

The documents are made up of the guidance's words. Each page is asked for as a browser asks, through
the whole app; it has 200 milliseconds and 100 KB.
"""

import argparse
import datetime as dt
import gzip
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from starlette.testclient import TestClient

from benchmarks.search import made_up
from knowledge.documents.document import NATIONS, TOPICS, Document, Passage, Timing
from knowledge.editions.edition import DraftEdition, StoredPassage, Version
from knowledge.editions.store import Store
from knowledge.search.index import Entry
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Act, Actor, record
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import COOKIE

MOST_MILLISECONDS, MOST_BYTES = 200, 100_000
_PASSAGES = 10
_EDITIONS = 60  # a page of their list is full; all but a few hold one document
_TIMES = 15
PAGES = {
    "list": "/editor",
    "list, last page": "/editor?page=20",
    "list, words in the text": "/editor?words=school+governing+board+leave",
    "list, filters and order": "/editor?topic=send&nation=England&due=soon&sort=review_by",
    "document": "/editor/documents/document-7",
    "withdraw": "/editor/documents/document-7/withdraw",
    "document, two states": "/editor/documents/document-7/compare?from={first}&to={newest}",
    "editions": "/editor/editions",
    "two editions": "/editor/editions/compare?from={first}&to={newest}",
    "restore": "/editor/editions/{first}/restore",
    "switched off": "/editor/off",
    "audit": "/admin/audit",
}


def documents(count: int) -> list[Version]:
    """Make documents with fields as different as editors leave them."""
    random = np.random.default_rng(3)
    entries = made_up(count * _PASSAGES)
    today = dt.date.today()
    found = []
    for number in range(count):
        own = entries[number * _PASSAGES : (number + 1) * _PASSAGES]
        title = own[0].document.title
        document = Document(
            f"document-{number}",
            f"{title} {number}",
            publisher=f"Publisher {random.integers(12)}",
            published=today - dt.timedelta(int(random.integers(2000))),
            review_by=today + dt.timedelta(int(random.integers(-100, 700))),
            owner=f"Team {random.integers(40)}" if number % 9 else "",
            topics=(TOPICS[random.integers(len(TOPICS))],),
            nations=(NATIONS[random.integers(len(NATIONS))],) if number % 3 else (),
            timing=(Timing("changing", "This will change."),) if number % 20 == 0 else (),
        )
        found.append(Version(document, tuple(_passages(document, own)), (f"/{number}.md",)))
    return found


def _passages(document: Document, entries: list[Entry]) -> Iterator[StoredPassage]:
    for place, entry in enumerate(entries):
        headings, text = entry.passage.headings, entry.passage.text
        passage = Passage(f"{document.id}#{place}", document.id, headings, text, place + 1)
        yield StoredPassage(passage, entry.sentences)


def changed(version: Version) -> Version:
    """Give a document with other words in each of its passages."""
    passages = tuple(
        replace(one, passage=replace(one.passage, text=f"Now {one.passage.text}"))
        for one in version.passages
    )
    return replace(version, passages=passages)


def publish(store: Store, versions: list[Version], note: str, withdrawn: frozenset[str]) -> None:
    """Save an edition as a publisher does, without its index, which no page of staff reads."""

    def keep(connection, before, after):  # type: ignore[no-untyped-def]
        act = Act("guidance_added", note, "", before, after)
        record(connection, Actor("ann", "editor"), act)

    settings = {"model": "none", "model_digest": "none", "analyser": {}}
    draft = DraftEdition(
        tuple(versions), settings, note, "ann", store.latest_number(), None, withdrawn
    )
    store.publish(draft, keep)


def fill(store: Store, count: int) -> int:
    """Publish many small editions and three whole ones; give the number of the first whole one."""
    versions = documents(count)
    for number in range(_EDITIONS):
        versions[7] = changed(versions[7])
        publish(store, versions[7:8], f"Document 7 changed, {number}.", frozenset())
    publish(store, versions, "All guidance.", frozenset())
    versions[7] = changed(versions[7])
    publish(store, versions, "One changed.", frozenset())
    gone, left = versions[-5:], [changed(one) for one in versions[:200]] + versions[200:-5]
    publish(store, left, "Many changed.", frozenset(one.document.id for one in gone))
    return _EDITIONS + 1


def main() -> int:
    """Time every page; 1 if one is too slow or too big."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), rasa_port=1)
        service = Service(settings)
        site = Site(settings, service)
        began = time.perf_counter()
        first = fill(service.store, options.documents)
        newest = service.store.latest_number()
        print(f"{options.documents} documents, {options.documents * _PASSAGES} passages, {newest} "
              f"editions; made in {time.perf_counter() - began:.0f} s")  # fmt: skip
        site.staff.users.add("ann", "admin", Actor("benchmark"))
        user = site.staff.users.find("ann")
        assert user
        client = TestClient(create_app(site), base_url="http://127.0.0.1")
        client.cookies.set(COOKIE, site.staff.sessions.begin(user))
        bad = [
            name
            for name, path in PAGES.items()
            if not measure(client, name, path.format(first=first, newest=newest))
        ]
        site.staff.close()
        site.tracker.dispose()
        service.close()
    for name in bad:
        print(f"{name}: over {MOST_MILLISECONDS} ms or {MOST_BYTES} bytes", file=sys.stderr)
    return 1 if bad else 0


def measure(client: TestClient, name: str, path: str) -> bool:
    """Time one page and print it; say whether it keeps within its bounds."""
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        response = client.get(path)
        times.append(1000 * (time.perf_counter() - began))
        assert response.status_code == 200, path
    middle, slowest = statistics.median(times), max(times)
    size, packed = len(response.content), len(gzip.compress(response.content))
    print(f"{name:<26} median {middle:6.1f} ms   slowest {slowest:6.1f} ms   "
          f"{size / 1000:6.1f} KB, {packed / 1000:5.1f} KB gzipped")  # fmt: skip
    return middle < MOST_MILLISECONDS and size < MOST_BYTES


if __name__ == "__main__":
    sys.exit(main())
