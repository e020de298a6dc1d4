"""Changes to the guidance: each can be worked out again on another edition than it began with."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.documents.document import Document
from knowledge.editions.edition import Edition, State, Version
from knowledge.editions.names import merge, name_versions
from knowledge.editions.origins import is_there
from knowledge.editions.same import (
    Key,
    is_older,
    key_of,
    newest_of_each_page,
    same_documents,
)
from knowledge.errors import UnknownDocument

# What an edition's settings say besides the model and the analyser.
BUNDLED = "bundled"  # the folders that bundled documents were read from
TURNED_DOWN = "turned_down"  # states of documents that somebody left by bringing back an edition
AMENDED = "amended"  # states of documents of which staff have changed the dates or owner since


@dataclass(frozen=True)
class Older:
    """A document that was read and that is an older state of a published one.

    :param newer: what stays published, under the name it has.
    """

    key: Key
    document: Document
    newer: Document


@dataclass(frozen=True)
class Outcome:
    """The state of all guidance after a change, and what the change looked at.

    :param withdrawn: the documents that are removed by hand afterwards.
    :param looked_at: the documents that the change read or kept on purpose.
    :param left_out: documents that were not added: somebody removed them meanwhile.
    :param called: the names of the documents that were read.
    :param older: what was read and not added, because it is older than what is published.
    :param always: publish even when no document differs.
    :param compare: look for documents that say much the same as the changed ones.
    """

    versions: Mapping[str, Version]
    withdrawn: frozenset[str]
    looked_at: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    called: Mapping[Key, str] = field(default_factory=dict)
    older: tuple[Older, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    always: bool = False
    compare: bool = False


@dataclass(frozen=True)
class Change:
    """Something that is to happen to the guidance.

    :param by: who or what makes it.
    :param note: why.
    :param apply: works the change out on a state, as often as somebody else publishes first.
    """

    by: str
    note: str
    apply: Callable[[State], Outcome]


def adding(
    read: Sequence[Version],
    paths: Sequence[Path],
    began: State,
    bundled: bool,
    unread: Collection[str] = (),
    separate: bool = False,
) -> Change:
    """Make the change that adds what was read from files and folders.

    :param unread: files that could not be read: what they hold stays as it is.
    :param separate: keep what is read apart from documents it may be the same as.
    :param began: the state when reading began: what somebody removes later stays removed.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    read_now = {version.origins[0] for version in read}
    apart = bundled or separate
    chosen, doubles = (list(read), {}) if apart else newest_of_each_page(read)
    chosen_files = {version.origins[0] for version in chosen}

    def is_gone(origin: str) -> bool:
        """Say whether this reading replaces a file: it was read, or is gone from its folder."""
        if origin in read_now or origin in unread:
            return origin in read_now
        return any(Path(origin).is_relative_to(place) for place in folders)

    def apply(state: State) -> Outcome:
        before = state.versions
        kept = {
            name: replace(version, origins=left)
            for name, version in before.items()
            if (left := tuple(o for o in version.origins if not is_gone(o)))
        }
        shipped, ships = state.settings.get(BUNDLED, ()), ships_with(state.settings)

        def is_shipped(version: Version) -> bool:
            return all(map(ships, version.origins))

        def may_replace(other: Version) -> bool:
            return bundled or is_shipped(other) or not any(map(is_there, other.origins))

        known = {origin for version in before.values() for origin in version.origins}
        new = [version for version in chosen if version.origins[0] not in known]
        # What a file that is read again holds is that file's own.
        others = {n: v for n, v in before.items() if not chosen_files.intersection(v.origins)}
        same = {} if apart else same_documents(new, others)
        older = {
            key_of(version): kept[name].document
            for version in new
            if (name := same.get(key_of(version))) in kept
            and is_older(version.document, kept[name].document)
        }
        ours = [version for version in chosen if key_of(version) not in older]
        same = {key: name for key, name in same.items() if key not in older}
        found, called = name_versions(ours, before, kept, may_replace, same)
        replaced = frozenset(same.values())
        if bundled:
            out = frozenset(state.withdrawn)
        else:
            out = frozenset(
                name for name, when in state.withdrawn.items() if began.withdrawn.get(name) != when
            )
        left_out = () if bundled else tuple(sorted(out & found.keys()))
        found = {name: version for name, version in found.items() if name not in out}
        turned_down = dict(state.settings.get(TURNED_DOWN, {}))
        amended = dict(state.settings.get(AMENDED, {}))
        after = dict(kept)
        for name, version in found.items():
            other = kept.get(name)
            passed = (*amended.get(name, ()), *(turned_down.get(name, ()) if bundled else ()))
            if version.digest in passed and name in before:
                origins = other.origins if other else version.origins
                after[name] = merge(version, replace(before[name], origins=origins))
            elif other is None:
                after[name] = version
            elif name in replaced and version.digest != other.digest:
                # The file it came from does not hold it any more; a bundled one still gives way.
                there = tuple(filter(ships, other.origins))
                after[name] = merge(replace(other, origins=there), version)
            elif bundled and not is_shipped(other):
                # What somebody added by hand goes before the bundled document of the same name.
                after[name] = merge(version, other)
            else:
                there = tuple(o for o in other.origins if bundled or is_there(o))
                after[name] = merge(replace(other, origins=there), version)
        settings: dict[str, Any] = {BUNDLED: sorted({*map(str, shipped)})}
        if bundled:
            settings[BUNDLED] = sorted({*map(str, shipped), *map(str, folders)})
            withdrawn = frozenset(state.withdrawn)
        else:
            turned_down = {k: v for k, v in turned_down.items() if k not in found}
            withdrawn = frozenset(state.withdrawn) - found.keys()
        settings[TURNED_DOWN] = turned_down
        settings[AMENDED] = {
            name: states
            for name, states in amended.items()
            if name not in found or found[name].digest in states
        }
        stale = {key: newer.document for key, newer in doubles.items()}
        return Outcome(
            after,
            withdrawn,
            frozenset(found),
            left_out,
            called,
            tuple(
                Older(key_of(each), each.document, newer)
                for each in read
                if (newer := older.get(key_of(each)) or stale.get(key_of(each))) is not None
            ),
            settings,
            compare=not bundled,
        )

    if bundled:
        return Change("bundled guidance", "Read at the start.", apply)
    names = ", ".join(path.name for path in paths)
    return Change("advice add", f"Added from {names}.", apply)


def removal(document_id: str, reason: str = "") -> Change:
    """Make the change that takes a document out; applying it may raise `UnknownDocument`."""

    def apply(state: State) -> Outcome:
        before = state.versions
        if document_id not in before:
            raise UnknownDocument(document_id)
        after = {name: version for name, version in before.items() if name != document_id}
        return Outcome(
            after, frozenset(state.withdrawn) | {document_id}, settings=carried(state.settings)
        )

    return Change("advice remove", _because(f"Removed {document_id}.", reason), apply)


def returning(version: Version, reason: str = "") -> Change:
    """Make the change that brings a removed document back; one that is there stays as it is."""
    name = version.document.id

    def apply(state: State) -> Outcome:
        before = state.versions
        return Outcome(
            {name: version, **before},
            frozenset(state.withdrawn) - {name},
            frozenset({name}),
            settings=carried(state.settings),
        )

    return Change("advice restore", _because(f"Brought {name} back.", reason), apply)


def rebuilding() -> Change:
    """Make the change that publishes the same documents again."""

    def apply(state: State) -> Outcome:
        before = state.versions
        return Outcome(
            before,
            frozenset(state.withdrawn),
            frozenset(before),
            settings=carried(state.settings),
            always=True,
        )

    return Change("advice rebuild", "The same documents, for the model in use now.", apply)


def restoring(old: Edition, reason: str = "") -> Change:
    """Make the change that brings an edition back whole.

    What it holds is no longer withdrawn, and what it does not hold is: the bundled documents that
    came later must not come back at the next start. Nor may the states that are left now, so long
    as the bundled files say the same.
    """

    def apply(state: State) -> Outcome:
        before = state.versions
        after = {version.document.id: version for version in old.versions}
        settings = carried(state.settings)
        turned_down = {name: list(states) for name, states in settings[TURNED_DOWN].items()}
        for name, version in after.items():
            states = turned_down.pop(name, [])
            if name in before:
                states.append(before[name].digest)
            states = [digest for digest in dict.fromkeys(states) if digest != version.digest]
            if states:
                turned_down[name] = states
        return Outcome(
            after,
            (frozenset(state.withdrawn) | before.keys()) - after.keys(),
            frozenset(after),
            settings={**settings, TURNED_DOWN: turned_down},
            always=state.number != old.number,
        )

    note = _because(f"Edition {old.number} brought back.", reason)
    return Change("advice restore", note, apply)


def _because(done: str, reason: str) -> str:
    return f"{done} {reason}".strip()


def ships_with(settings: Mapping[str, Any]) -> Callable[[str], bool]:
    """Give what says whether a file lies in a folder of bundled documents."""
    folders = [Path(folder) for folder in settings.get(BUNDLED, ())]

    def ships(origin: str) -> bool:
        return any(Path(origin).is_relative_to(folder) for folder in folders)

    return ships


def carried(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the next edition has to know of the settings of this one."""
    return {
        BUNDLED: list(settings.get(BUNDLED, ())),
        TURNED_DOWN: dict(settings.get(TURNED_DOWN, {})),
        AMENDED: dict(settings.get(AMENDED, {})),
    }
