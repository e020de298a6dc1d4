"""Publishing: files become documents, and a new edition of the index."""

import logging
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.documents.readers import PagesDone
from knowledge.documents.readers.apart import ReaderProcess
from knowledge.editions.changes import (
    Change,
    adding,
    rebuilding,
    removal,
    restoring,
    returning,
)
from knowledge.editions.edition import DraftEdition, Edition, EditionRow, State, Version
from knowledge.editions.history import last_version
from knowledge.editions.reading import Reading, files_of, read_file
from knowledge.editions.report import Report, is_change, report_of
from knowledge.editions.same import alike
from knowledge.editions.store import Recorder, Store
from knowledge.errors import DocumentError, EditionError, PublishingError, UnknownDocument
from knowledge.language.analyser import Analyser
from knowledge.search.at_hand import AtHand
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, Index, build_index, texts_to_embed
from knowledge.search.index_files import (
    clean_indexes,
    content_digest,
    is_there,
    is_whole,
    load_index,
    save_index,
)
from knowledge.search.next_index import new_entries, next_index

logger = logging.getLogger(__name__)
Progress = Callable[[str, int, int], object]

_ATTEMPTS = 10
_LONGEST_PAUSE = 0.5  # seconds; grows with each attempt
_KEPT = 3  # index folders: of the edition that answers, and of those just before it


class Library:
    """The guidance of one data folder: add to it, remove from it, open it for search.

    Several processes may change it at once; see docs/decisions/publishing.md.

    :param folder: where the indexes' files go; they can be deleted at any time.
    :param embedder: gives the embedding model; only called when something must be embedded.
    :param record: keeps who published what, in the transaction that publishes.
    :param by: who makes the changes; empty leaves it to each change to say what made it.
    :param at_hand: the index in this process's memory, from which the next one is made.
    :param published: called when an edition is published, before its index is written to the disk.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        embedder: Callable[[], Embedder],
        record: Recorder | None = None,
        by: str = "",
        at_hand: AtHand | None = None,
        published: Callable[[], object] | None = None,
    ) -> None:
        self.store, self.folder, self.embedder = store, folder, embedder
        self.record, self.by = record, by
        self.at_hand = at_hand or AtHand(most=0)
        self.published = published

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        bundled: bool = False,
        accept: bool = False,
        separate: bool = False,
    ) -> Report:
        """Read files and folders and publish what they hold.

        A document that an earlier reading of the same file or folder gave, and that is gone from
        it now, is removed. Documents that somebody removed by hand come back only when they are
        added by hand. A document that is published already, from another file, is replaced. A
        file that cannot be read is named in the report, and what it held before stays.

        :param progress: called with a step's name, how much of it is done, and its total.
        :param bundled: these are the bundled documents: leave out the ones removed by hand, and
            keep somebody's own version of one.
        :param accept: also add files that lose more than a third of their words.
        :param separate: replace no document that another file holds, however like it is.
        :raises DocumentError: if there is no such file; for a bundled one, if it cannot be read.
        :raises PublishingError: if others publish at the same time, again and again.
        """
        began = self.store.state()
        files = files_of(paths)
        readings: list[Reading] = []
        refused: dict[str, DocumentError] = {}
        with ReaderProcess() as reader:
            for number, path in enumerate(files, 1):
                pages = _pages(path, progress)
                try:
                    readings += read_file(path, reader.read, pages, accept or bundled)
                except DocumentError as problem:
                    if bundled:
                        raise
                    refused[str(path.resolve())] = problem
                if progress is not None:
                    progress("reading", number, len(files))
        read = [reading.version for reading in readings]
        change = adding(read, paths, began, bundled, refused, separate)
        report = self._publish(change, progress, began)
        return replace(report, readings=tuple(readings), refused=tuple(refused.values()))

    def remove(self, document_id: str, reason: str = "") -> Report:
        """Take a document out of all answers at once, by publishing an edition without it.

        :raises UnknownDocument: if there is none of this name.
        :raises PublishingError: if others publish at the same time, again and again.
        """
        return self._publish(removal(document_id, reason))

    def bring_back(self, document_id: str, reason: str = "") -> Report:
        """Publish a document again that was removed, as it was.

        :raises UnknownDocument: if none of this name was ever published.
        :raises PublishingError: if others publish at the same time, again and again.
        """
        with self.store.engine.connect() as connection:
            version = last_version(connection, document_id)
        if version is None:
            raise UnknownDocument(document_id)
        return self._publish(returning(version, reason))

    def rebuild(self, progress: Progress | None = None) -> Report:
        """Publish the same documents again with the model and analyser in use now.

        :raises EditionError: if nothing has been published yet.
        :raises PublishingError: if others publish at the same time, again and again.
        """
        self.store.latest()
        return self._publish(rebuilding(), progress)

    def restore(self, number: int, progress: Progress | None = None, reason: str = "") -> Report:
        """Publish an older edition again, whole, for the model and analyser in use now.

        :raises EditionError: if there is no such edition.
        :raises PublishingError: if others publish at the same time, again and again.
        """
        return self._publish(restoring(self.store.edition(number), reason), progress)

    def publish(self, change: Change, progress: Progress | None = None) -> Report:
        """Publish a change, whatever it is.

        :raises AdviceError: if it cannot be made now; `PublishingError` if others are faster.
        """
        return self._publish(change, progress)

    def editions(self, most: int | None = None, below: int | None = None) -> tuple[EditionRow, ...]:
        """List editions as the store does, each with the size of its index on this disk."""
        return tuple(
            replace(row, bytes=_size(self.folder / row.digest)) if row.digest else row
            for row in self.store.editions(most, below)
        )

    def open(self) -> tuple[Edition, Index]:
        """Load the edition that answers now and its index, built again when files are missing.

        :raises EditionError: if nothing is published, or another model or analyser built it.
        """
        edition = self.store.latest()
        self._check(edition)
        entries = _entries(edition.versions)
        content = self._content(entries)
        index = self.at_hand.find(content)
        is_first = self.at_hand.newest() is None
        if index is None and is_first:
            index = load_index(entries, self.folder / content, content, Analyser())
        if index is None:
            self._embed(entries)  # an earlier release may have kept less
            index = self._build(entries)
            if is_first or not is_there(self.folder / content):
                self._save(index, content)
        self.at_hand.put(content, index)
        return edition, index

    def index_of(self, versions: Iterable[Version], progress: Progress | None = None) -> Index:
        """Build the index of some documents in memory, and publish nothing; embed what is new."""
        entries = _entries(versions)
        self._embed(entries, progress)
        return self._build(entries)

    def _publish(
        self, change: Change, progress: Progress | None = None, state: State | None = None
    ) -> Report:
        """Work a change out on the newest edition and publish it, unless another was faster.

        Then the change is worked out again, on what the other one published.
        """
        embedded = 0
        for attempt in range(_ATTEMPTS):
            if state is None:
                state = self.store.state()
            outcome = change.apply(state)
            report = report_of(state, outcome)
            if not is_change(state, outcome, report):
                self._clean()
                return replace(report, embedded=embedded, edition=state.number)
            entries = _entries(outcome.versions.values())
            embedded += self._embed(entries, progress)
            content = self._content(entries)
            index = self._made(entries, content)
            edition = self.store.publish(
                DraftEdition(
                    versions=tuple(outcome.versions.values()),
                    settings={**outcome.settings, **self._settings()},
                    note=change.note,
                    by=self.by or change.by,
                    base=state.number,
                    digest=content,
                    withdrawn=outcome.withdrawn,
                ),
                self.record,
            )
            if edition is not None:
                if self.published is not None:
                    self.published()
                if index is not None and not is_there(self.folder / content):
                    self._save(index, content)
                self._clean()
                changed = [outcome.versions[name] for name in (*report.created, *report.updated)]
                near = alike(changed, outcome.versions) if outcome.compare else ()
                return replace(report, embedded=embedded, edition=edition.number, alike=near)
            state = None
            time.sleep(random.uniform(0, _LONGEST_PAUSE * (attempt + 1) / _ATTEMPTS))
        raise PublishingError(
            f"Others publish guidance at the same time: after {_ATTEMPTS} attempts nothing was "
            f"changed. Wait until they have ended, and try it again."
        )

    def _clean(self) -> None:
        """Remove the index folders that no process needs."""
        newest = self.store.editions(_KEPT)
        # An earlier release did not keep the digest: which folder such an edition uses is not said.
        if newest and newest[0].digest:
            clean_indexes(self.folder, {row.digest for row in newest if row.digest})

    def _embed(self, entries: Sequence[Entry], progress: Progress | None = None) -> int:
        """Embed the texts that were not embedded before; give how many those are."""
        embedder, kept = self.embedder(), self.store.embedded
        entries = self._new(entries)
        missing = kept.without_vectors(embedder.digest, texts_to_embed(entries))
        passages = kept.without_pieces(embedder.digest, [entry.passage_text for entry in entries])
        in_passages = set(passages)
        others = [text for text in missing if text not in in_passages]
        total, done = len(passages) + len(others), 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress("embedding", done, total)

        vectors, pieces = embedder.encode_whole(passages, advance)
        embedded = dict(zip(passages, vectors, strict=True))
        embedded |= zip(others, embedder.encode_many(others, advance), strict=True)
        kept.save_vectors(embedder.digest, {text: embedded[text] for text in missing})
        kept.save_pieces(embedder.digest, dict(zip(passages, pieces, strict=True)))
        return total

    def _new(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Give the passages that the index at hand does not hold: the others are embedded."""
        old = self.at_hand.newest()
        return entries if old is None else new_entries(entries, old)

    def _made(self, entries: Sequence[Entry], content: str) -> Index | None:
        """Make the index of these entries in memory; None if its files are there already."""
        index = self.at_hand.find(content)
        is_first = self.at_hand.newest() is None
        if index is None and is_first and is_whole(self.folder / content, content):
            return None
        if index is None:
            index = self._build(entries)
            self.at_hand.put(content, index)
        return index

    def _build(self, entries: Sequence[Entry]) -> Index:
        """Build an index, from the one at hand if there is one."""
        embedder, old, new = self.embedder(), self.at_hand.newest(), self._new(entries)
        vectors = self.store.embedded.vectors(embedder.digest, texts_to_embed(new))
        pieces = self.store.embedded.pieces(embedder.digest, [each.passage_text for each in new])
        if old is None:
            return build_index(entries, vectors, pieces, embedder.dimension, Analyser())
        return next_index(old, entries, vectors, pieces, Analyser())

    def _save(self, index: Index, content: str) -> None:
        """Write an index to the disk, if it can be."""
        try:
            save_index(index, self.folder / content, content)
        except OSError as problem:
            # What is in memory answers as well; only the next start has to build it again.
            logger.warning("The index cannot be kept on the disk: %s", problem.strerror)

    def _content(self, entries: Sequence[Entry]) -> str:
        return content_digest(entries, self.embedder().digest, Analyser().saved())

    def _settings(self) -> dict[str, Any]:
        embedder = self.embedder()
        return {
            "model": embedder.name,
            "model_digest": embedder.digest,
            "analyser": Analyser().saved(),
        }

    def _check(self, edition: Edition) -> None:
        embedder = self.embedder()
        if edition.settings["model_digest"] != embedder.digest:
            raise EditionError(
                f"Edition {edition.number} was built with the model {edition.settings['model']} "
                f"({edition.settings['model_digest'][:12]}…), but {embedder.name} "
                f"({embedder.digest[:12]}…) is configured. Set ADVICE_MODEL back, or run "
                f"'advice rebuild'."
            )
        if edition.settings["analyser"] != Analyser().saved():
            raise EditionError(
                f"Edition {edition.number} was built with another text analyser. "
                f"Run 'advice rebuild'."
            )


def _pages(path: Path, progress: Progress | None) -> PagesDone | None:
    """Say how far reading one file has come, as a step of its own."""
    if progress is None:
        return None
    return lambda done, pages: progress(f"pages of {path.name}", done, pages)


def _size(folder: Path) -> int | None:
    """Give how many bytes a folder's files take, None when there is no such folder."""
    try:
        return sum(path.stat().st_size for path in folder.iterdir())
    except OSError:
        return None


def _entries(versions: Iterable[Version]) -> list[Entry]:
    """Give the passages of an edition; text that several documents share comes once."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    entries = []
    for version in versions:
        for stored in version.passages:
            key = (stored.passage.headings, stored.passage.text)
            if key not in seen:
                seen.add(key)
                entries.append(Entry(stored.passage, version.document, stored.sentences))
    return entries
