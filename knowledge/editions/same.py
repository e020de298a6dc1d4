"""The same document again, and documents that are much alike: no two truths about one thing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz.distance import Indel

from knowledge.documents.document import Document
from knowledge.editions.edition import Version
from knowledge.language.text import WORD

# Shares of words. Of the bundled documents no two have more than 0.31 of their words in common in
# the same order, and no more than 0.19 of their stretches; a page whose figures were brought up to
# date has over 0.9.
_SAME = 0.9
_ALIKE = 0.5
_STRETCH = 3  # words; fewer are common to any two texts of one subject
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid")

# A document that was read: its file, and the name that the file suggests.
Key = tuple[str, str]


@dataclass(frozen=True)
class Alike:
    """Two documents that say much the same, both published.

    :param share: how much of the shorter one stands in the other too, from 0 to 1.
    :param passages: how many passages are equal, word for word.
    """

    document: Document
    other: Document
    share: float
    passages: int


def key_of(version: Version) -> Key:
    """Give what tells a document that was read from all others of the same reading."""
    return version.origins[0], version.document.id


def address_of(document: Document) -> str | None:
    """Give the address of the page that a document is, in one spelling.

    None for a document that was only made from a page: then its source has a title of its own.
    """
    source = document.source
    if source is None or not source.url or source.title != document.title:
        return None
    parts = urlsplit(source.url.lower())
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    host = parts.netloc.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def newest_of_each_page(read: Sequence[Version]) -> tuple[list[Version], dict[Key, Version]]:
    """Of several files that hold one page choose the newest, by its dates or else its file's.

    :return: the documents to publish, and the others with the one that stands for them.
    """
    pages: dict[str, list[Version]] = {}
    for version in read:
        if address := address_of(version.document):
            pages.setdefault(address, []).append(version)
    older: dict[Key, Version] = {}
    for versions in pages.values():
        files = {version.origins[0] for version in versions}
        if len(files) == len(versions) > 1:  # else one file holds several parts of the page
            *others, newest = sorted(versions, key=_age)
            older |= {key_of(other): newest for other in others}
    return [version for version in read if key_of(version) not in older], older


def same_documents(new: Sequence[Version], published: Mapping[str, Version]) -> dict[Key, str]:
    """Find the published documents that new files hold again, by address or by their words.

    :param new: documents from files that were not read before.
    :param published: the documents they may be, by name.
    :return: their names, by what was read; each published document once at the most.
    """
    found: dict[Key, str] = {}
    taken: set[str] = set()
    at = _by_address(published)
    here = Counter(address_of(version.document) for version in new)
    for version in new:
        address = address_of(version.document)
        name = at.get(address) if address and here[address] == 1 else None
        if name is not None and name not in taken:
            found[key_of(version)] = name
            taken.add(name)
    rest = [version for version in new if key_of(version) not in found]
    for version, other, _ in _sharing(rest, published.values()):
        name = other.document.id
        if key_of(version) not in found and name not in taken and _is_same(version, other):
            found[key_of(version)] = name
            taken.add(name)
    return found


def is_older(document: Document, published: Document) -> bool:
    """Say whether a document states an earlier date than the published one."""
    own, other = _dated(document), _dated(published)
    return own is not None and other is not None and own < other


def alike(changed: Iterable[Version], published: Mapping[str, Version]) -> tuple[Alike, ...]:
    """Find the documents that say much the same as ones that were just changed.

    :param changed: the new or changed documents, under the names they are published by.
    :param published: all documents by name.
    """
    changed = list(changed)
    shares = {
        frozenset((version.document.id, other.document.id)): (version, other, share)
        for version, other, share in reversed(_sharing(changed, published.values()))
    }
    by_text: dict[str, list[Version]] = {}
    for version in changed:
        for text in _texts(version):
            by_text.setdefault(text, []).append(version)
    equal: Counter[frozenset[str]] = Counter()
    for other in published.values():
        for text in _texts(other):
            for version in by_text.get(text, ()):
                pair = frozenset((version.document.id, other.document.id))
                shares.setdefault(pair, (version, other, 0.0))
                equal[pair] += 1
    both_changed = {version.document.id for version in changed}
    return tuple(
        Alike(
            version.document,
            other.document,
            share,
            equal[pair] // (2 if pair <= both_changed else 1),  # each of the two found the other
        )
        for pair, (version, other, share) in shares.items()
        if len(pair) == 2
    )


def _is_same(version: Version, other: Version) -> bool:
    own, theirs = version.document, other.document
    for one, two in ((own.nations, theirs.nations), (own.audience, theirs.audience)):
        if one and two and set(one) != set(two):
            return False
    if address_of(own) and address_of(theirs) and address_of(own) != address_of(theirs):
        return False  # two pages of one site are two documents
    return Indel.normalized_similarity(_words(version), _words(other)) >= _SAME


def _by_address(published: Mapping[str, Version]) -> dict[str | None, str]:
    """Give the one document at each address; an address of several says nothing."""
    names: dict[str | None, list[str]] = {}
    for name, version in published.items():
        names.setdefault(address_of(version.document), []).append(name)
    return {address: own[0] for address, own in names.items() if address and len(own) == 1}


def _sharing(
    versions: Sequence[Version], others: Iterable[Version]
) -> list[tuple[Version, Version, float]]:
    """Give the pairs that have many stretches of words in common, those with most of them first.

    Only the stretches of `versions` are kept in memory, so that thousands of others can be tried.
    """
    owners: dict[int, list[int]] = {}
    sizes = []
    for place, version in enumerate(versions):
        own = _stretches(version)
        sizes.append(len(own))
        for stretch in own:
            owners.setdefault(stretch, []).append(place)
    pairs = []
    for other in others if owners else ():
        theirs = _stretches(other)
        counts = Counter(place for stretch in theirs for place in owners.get(stretch, ()))
        for place, count in counts.items():
            share = count / min(sizes[place], len(theirs))
            if share >= _ALIKE:
                pairs.append((versions[place], other, share))
    return sorted(pairs, key=lambda pair: pair[2], reverse=True)


def _stretches(version: Version) -> set[int]:
    words = _words(version)
    stretches = zip(*(words[start:] for start in range(_STRETCH)), strict=False)
    return {hash(stretch) for stretch in stretches}  # a text of 2,000 words takes 60 KB, not 300


def _words(version: Version) -> list[str]:
    return WORD.findall(" ".join(p.passage.text for p in version.passages).casefold())


def _texts(version: Version) -> set[str]:
    return {stored.passage.text for stored in version.passages}


def _dated(document: Document) -> str | None:
    dates = [date.isoformat() for date in (document.published, document.reviewed) if date]
    return max(dates, default=None)


def _age(version: Version) -> tuple[str, float, str]:
    origin = version.origins[0]
    try:
        saved = Path(origin).stat().st_mtime
    except OSError:
        saved = 0.0
    return _dated(version.document) or "", saved, origin
