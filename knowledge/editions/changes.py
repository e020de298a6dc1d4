"""Changes to the guidance: each can be worked out again on another edition than it began with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.editions.edition import Edition, State, Version
from knowledge.editions.names import merge, name_versions
from knowledge.errors import UnknownDocument

# What an edition's settings say besides the model and the analyser.
BUNDLED = "bundled"  # the folders that bundled documents were read from
TURNED_DOWN = "turned_down"  # states of documents that somebody left by bringing back an edition


@dataclass(frozen=True)
class Outcome:
    """The state of all guidance after a change, and what the change looked at.

    :param withdrawn: the documents that are removed by hand afterwards.
    :param looked_at: the documents that the change read or kept on purpose.
    :param left_out: documents that were not added: somebody removed them meanwhile.
    :param always: publish even when no document differs.
    """

    versions: Mapping[str, Version]
    withdrawn: frozenset[str]
    looked_at: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    always: bool = False


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


def adding(read: Sequence[Version], paths: Sequence[Path], began: State, bundled: bool) -> Change:
    """Make the change that adds what was read from files and folders.

    :param began: the state when reading began: what somebody removes later stays removed.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    read_now = {version.origins[0] for version in read}

    def is_gone(origin: str) -> bool:
        """Say whether this reading replaces a file: it was read, or is gone from its folder."""
        return origin in read_now or any(Path(origin).is_relative_to(place) for place in folders)

    def apply(state: State) -> Outcome:
        before = state.versions
        kept = {
            name: replace(version, origins=left)
            for name, version in before.items()
            if (left := tuple(o for o in version.origins if not is_gone(o)))
        }
        shipped = [Path(folder) for folder in state.settings.get(BUNDLED, ())]

        def is_shipped(version: Version) -> bool:
            return all(
                any(Path(origin).is_relative_to(folder) for folder in shipped)
                for origin in version.origins
            )

        def may_replace(other: Version) -> bool:
            return bundled or is_shipped(other) or not any(map(_exists, other.origins))

        found = name_versions(read, before, kept, may_replace)
        if bundled:
            out = frozenset(state.withdrawn)
        else:
            out = frozenset(
                name for name, when in state.withdrawn.items() if began.withdrawn.get(name) != when
            )
        left_out = () if bundled else tuple(sorted(out & found.keys()))
        found = {name: version for name, version in found.items() if name not in out}
        turned_down = dict(state.settings.get(TURNED_DOWN, {}))
        after = dict(kept)
        for name, version in found.items():
            other = kept.get(name)
            if bundled and version.digest in turned_down.get(name, ()) and name in before:
                origins = other.origins if other else version.origins
                after[name] = merge(version, replace(before[name], origins=origins))
            elif other is None:
                after[name] = version
            elif bundled and not is_shipped(other):
                # What somebody added by hand goes before the bundled document of the same name.
                after[name] = merge(version, other)
            else:
                there = tuple(o for o in other.origins if bundled or _exists(o))
                after[name] = merge(replace(other, origins=there), version)
        settings: dict[str, Any] = {BUNDLED: sorted({*map(str, shipped)})}
        if bundled:
            settings[BUNDLED] = sorted({*map(str, shipped), *map(str, folders)})
            withdrawn = frozenset(state.withdrawn)
        else:
            turned_down = {k: v for k, v in turned_down.items() if k not in found}
            withdrawn = frozenset(state.withdrawn) - found.keys()
        settings[TURNED_DOWN] = turned_down
        return Outcome(after, withdrawn, frozenset(found), left_out, settings)

    if bundled:
        return Change("bundled guidance", "Read at the start.", apply)
    names = ", ".join(path.name for path in paths)
    return Change("advice add", f"Added from {names}.", apply)


def removal(document_id: str) -> Change:
    """Make the change that takes a document out; applying it may raise `UnknownDocument`."""

    def apply(state: State) -> Outcome:
        before = state.versions
        if document_id not in before:
            raise UnknownDocument(document_id)
        after = {name: version for name, version in before.items() if name != document_id}
        return Outcome(
            after, frozenset(state.withdrawn) | {document_id}, settings=carried(state.settings)
        )

    return Change("advice remove", f"Removed {document_id}.", apply)


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


def restoring(old: Edition) -> Change:
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

    return Change("advice restore", f"Edition {old.number} brought back.", apply)


def _exists(origin: str) -> bool:
    return Path(origin).is_file()


def carried(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the next edition has to know of the settings of this one."""
    return {
        BUNDLED: list(settings.get(BUNDLED, ())),
        TURNED_DOWN: dict(settings.get(TURNED_DOWN, {})),
    }
