"""Names of documents: two files that would give one name are two documents."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from knowledge.documents.readers.plain import slug
from knowledge.editions.edition import Version
from knowledge.editions.embedded import digest_of
from knowledge.editions.same import Key, key_of

# Names that say nothing about what is in the file: its folder says more.
_UNTELLING = frozenset({"index", "readme", "default", ""})
_FOLDERS = 2  # how many folders of a file may go into a name
_LONGEST = 120  # characters of a name


def name_versions(
    read: Sequence[Version],
    before: Mapping[str, Version],
    kept: Mapping[str, Version],
    may_replace: Callable[[Version], bool],
    same: Mapping[Key, str],
) -> tuple[dict[str, Version], dict[Key, str]]:
    """Give each document that was read a name of its own.

    A document is called what its file suggests, or what the published document is called that it
    is again. If another file's document has that name and says
    something else, the name of the file or of its folders is put in front. A file that was read
    before keeps its document's name. Equal documents in several files are one document.

    :param read: each with its one file, and named as its file suggests.
    :param before: the documents before this reading, by name.
    :param kept: those of them that other files hold.
    :param may_replace: says whether a kept document gives way to one of the same name.
    :param same: the names of the published documents that new files hold again.
    :return: the documents by their names, and the names by what was read.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for name, version in before.items():
        for origin in version.origins:
            names[origin].add(name)
    found: dict[str, Version] = {}
    called: dict[Key, str] = {}
    # Those with a name first: a new file must not take the name of one that has it.
    for version in sorted(read, key=lambda each: _order(each, names, same)):
        own = names[version.origins[0]]
        key = key_of(version)
        if key in same:
            found[same[key]], called[key] = renamed(version, same[key]), same[key]
            continue
        telling = sorted(_names(version), key=lambda each: each not in own)
        for name in chain(telling, _last_names(version)):
            other = found.get(name) or kept.get(name)
            named = renamed(version, name)
            if other is None or other.digest == named.digest:
                found[name], called[key] = merge(other, named), name
                break
            if name not in found and may_replace(other):
                found[name], called[key] = named, name
                break
    return found, called


def _order(version: Version, names: Mapping[str, set[str]], same: Mapping[Key, str]) -> int:
    if key_of(version) in same:
        return 0
    return 1 if names[version.origins[0]] else 2


def merge(first: Version | None, second: Version) -> Version:
    """Give the later version with the origins of both: several files can hold one document."""
    if first is None:
        return second
    return replace(second, origins=tuple(dict.fromkeys((*first.origins, *second.origins))))


def _names(version: Version) -> Iterator[str]:
    """Give the telling names that a document can have, the plainest first."""
    own, path = version.document.id, Path(version.origins[0])
    yield own
    stem = slug(path.stem)
    if stem not in _UNTELLING and stem != own:
        yield _short(f"{stem}-{own}")
    front = ""
    for folder in path.parent.parts[: -1 - _FOLDERS : -1]:
        if word := slug(folder):
            front = f"{word}-{front}" if front else word
            yield _short(f"{front}-{own}")


def _last_names(version: Version) -> Iterator[str]:
    """Give names that hardly any other file's document has, without end."""
    for number in count():
        mark = digest_of(f"{version.origins[0]} {number}")[:12]
        yield f"{_short(version.document.id)}-{mark}"


def _short(name: str) -> str:
    return name[:_LONGEST].strip("-")


def renamed(version: Version, name: str) -> Version:
    """Give a version under another name of its document."""
    if name == version.document.id:
        return version
    passages = tuple(
        replace(
            stored,
            passage=replace(
                stored.passage,
                id=f"{name}#{stored.passage.id.partition('#')[2]}",
                document_id=name,
            ),
        )
        for stored in version.passages
    )
    return replace(version, document=replace(version.document, id=name), passages=passages)
