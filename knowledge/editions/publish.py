"""Publishing: files become documents, and a new edition of the index."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.documents.document import Document, Passage, parse_metadata
from knowledge.documents.passages import split
from knowledge.documents.readers import ENDINGS, read
from knowledge.documents.readers.draft import Draft
from knowledge.editions.store import Edition, Store, StoredPassage, Version
from knowledge.errors import EditionError, ReaderError, UnknownDocument
from knowledge.language.analyser import Analyser
from knowledge.language.sentences import split_sentences
from knowledge.search.embedding import Embedder
from knowledge.search.index import (
    Entry,
    Index,
    build_index,
    load_index,
    save_index,
    texts_to_embed,
)

Progress = Callable[[str, int, int], object]


@dataclass(frozen=True)
class Report:
    """What adding or removing documents did; each name is a document's identifier.

    :param embedded: how many texts had to be embedded: only the new ones.
    :param edition: the edition that answers now, or None if nothing was ever published.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    embedded: int = 0
    edition: int | None = None


class Library:
    """The guidance of one data folder: add to it, remove from it, open it for search.

    :param folder: where each edition's FAISS files go; they can be deleted at any time.
    :param embedder: gives the embedding model; only called when something must be embedded.
    """

    def __init__(self, store: Store, folder: Path, embedder: Callable[[], Embedder]) -> None:
        self.store, self.folder, self.embedder = store, folder, embedder

    def add(
        self, paths: Sequence[Path], progress: Progress | None = None, bundled: bool = False
    ) -> Report:
        """Read files and folders and publish what they hold.

        A document that an earlier reading of the same file or folder gave, and that is gone from
        it now, is removed. Documents that somebody removed by hand come back only when they are
        added by hand.

        :param progress: called with a step's name, how much of it is done, and its total.
        :param bundled: these are the bundled documents: leave out the ones removed by hand, and
            keep somebody's own version of one.
        :raises DocumentError: if a file cannot be read; then nothing at all is changed.
        """
        files = _files(paths)
        withdrawn = self.store.withdrawn() if bundled else frozenset()
        found: dict[str, Version] = {}
        for number, path in enumerate(files, 1):
            for version in read_versions(path):
                if version.document.id not in withdrawn:
                    found[version.document.id] = _merge(found.get(version.document.id), version)
            if progress is not None:
                progress("reading", number, len(files))
        before = self._current()
        gone = _origins_read_again(paths, files, before.values())
        kept = {
            document_id: replace(version, origins=left)
            for document_id, version in before.items()
            if (left := tuple(o for o in version.origins if o not in gone))
        }
        after = dict(kept)
        for document_id, version in found.items():
            other = kept.get(document_id)
            if bundled and other is not None:
                # What somebody added by hand goes before the bundled document of the same name.
                after[document_id] = _merge(version, other)
            else:
                after[document_id] = _merge(other, version)
        if not bundled:
            for document_id in found:
                self.store.set_withdrawn(document_id, False)
        return self._publish(before, after, found, progress, "advice add")

    def remove(self, document_id: str) -> Report:
        """Take a document out of all answers at once, by publishing an edition without it.

        :raises UnknownDocument: if there is none of this name.
        """
        before = self._current()
        if document_id not in before:
            raise UnknownDocument(document_id)
        after = {key: version for key, version in before.items() if key != document_id}
        self.store.set_withdrawn(document_id, True)
        return self._publish(before, after, {}, None, f"advice remove {document_id}")

    def rebuild(self, progress: Progress | None = None) -> Report:
        """Publish the same documents again with the model and analyser in use now.

        :raises EditionError: if nothing has been published yet.
        """
        before = {version.document.id: version for version in self.store.latest().versions}
        embedded = self._embed(before.values(), progress)
        edition = self.store.publish(list(before.values()), self._settings(), "advice rebuild")
        self._write_index(edition)
        return Report(unchanged=tuple(sorted(before)), embedded=embedded, edition=edition.number)

    def open(self) -> tuple[Edition, Index]:
        """Load the edition that answers now and its index, built again when files are missing.

        :raises EditionError: if nothing is published, or another model or analyser built it.
        """
        edition = self.store.latest()
        self._check(edition)
        index = load_index(
            _entries(edition.versions), self._place(edition), _identity(edition), Analyser()
        )
        if index is None:
            self._embed(edition.versions)  # an earlier release may have kept less
            index = self._write_index(edition)
        return edition, index

    def _current(self) -> dict[str, Version]:
        if self.store.latest_number() is None:
            return {}
        return {version.document.id: version for version in self.store.latest().versions}

    def _publish(
        self,
        before: Mapping[str, Version],
        after: Mapping[str, Version],
        read_now: Mapping[str, Version],
        progress: Progress | None,
        note: str,
    ) -> Report:
        changed = [
            key for key in after if key in before and after[key].digest != before[key].digest
        ]
        created = [key for key in after if key not in before]
        removed = [key for key in before if key not in after]
        moved = any(set(before[k].origins) != set(after[k].origins) for k in after if k in before)
        number, embedded = self.store.latest_number(), 0
        if created or changed or removed or moved or (number is None and after):
            embedded = self._embed(after.values(), progress)
            edition = self.store.publish(list(after.values()), self._settings(), note)
            self._write_index(edition)
            number = edition.number
        return Report(
            created=tuple(sorted(created)),
            updated=tuple(sorted(changed)),
            unchanged=tuple(sorted(k for k in read_now if k not in created and k not in changed)),
            removed=tuple(sorted(removed)),
            embedded=embedded,
            edition=number,
        )

    def _embed(self, versions: Iterable[Version], progress: Progress | None = None) -> int:
        """Embed the texts that were not embedded before; give how many those are."""
        entries = _entries(versions)
        embedder, kept = self.embedder(), self.store.embedded
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

    def _write_index(self, edition: Edition) -> Index:
        entries = _entries(edition.versions)
        embedder = self.embedder()
        index = build_index(
            entries,
            self.store.embedded.vectors(embedder.digest, texts_to_embed(entries)),
            self.store.embedded.pieces(embedder.digest, [entry.passage_text for entry in entries]),
            embedder.dimension,
            Analyser(),
        )
        save_index(index, self._place(edition), _identity(edition))
        return index

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

    def _place(self, edition: Edition) -> Path:
        return self.folder / f"edition-{edition.number}"


def read_versions(path: Path) -> list[Version]:
    """Read one file into checked documents with their passages.

    :raises DocumentError: if the file or a field of its metadata cannot be used.
    """
    return [_version(draft, path) for draft in read(path)]


def _version(draft: Draft, path: Path) -> Version:
    document: Document = parse_metadata(draft.metadata, draft.id, path)
    passages = tuple(
        StoredPassage(
            Passage(f"{document.id}#{piece.anchor}", document.id, piece.headings, piece.text),
            split_sentences(piece.text),
        )
        for piece in split(draft.blocks, document.title)
    )
    if not passages:
        raise ReaderError(path, f"'{document.title}' holds no text that could be quoted")
    return Version(document, passages, (str(path.resolve()),))


def _merge(first: Version | None, second: Version) -> Version:
    """Give the later version with the origins of both: several files can hold one document."""
    if first is None:
        return second
    return replace(second, origins=tuple(dict.fromkeys((*first.origins, *second.origins))))


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS)
        elif path.is_file():
            files.append(path)
        else:
            raise ReaderError(path, "there is no such file or folder")
    return files


def _origins_read_again(
    paths: Sequence[Path], files: Sequence[Path], versions: Iterable[Version]
) -> frozenset[str]:
    """Give the known origins that this reading replaces: its files, and files gone from folders."""
    read_now = {str(path.resolve()) for path in files}
    folders = [path.resolve() for path in paths if path.is_dir()]
    known = {origin for version in versions for origin in version.origins}
    return frozenset(
        origin
        for origin in known
        if origin in read_now or any(Path(origin).is_relative_to(folder) for folder in folders)
    )


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


def _identity(edition: Edition) -> str:
    return f"{edition.number} {edition.published.isoformat()} {edition.settings['model_digest']}"
