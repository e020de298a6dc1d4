"""The parts inside a Word file, read as if the file were hostile."""

import posixpath

from lxml import etree

from knowledge.documents.readers.archive import member_names, read_member
from knowledge.documents.readers.kinds import SAVE_AS_WORD
from knowledge.documents.readers.word.names import STRICT, Element, w
from knowledge.errors import ReaderError

_MOST = 30_000_000  # bytes of one part; a document of 1,000 pages has about 15 million
_TYPES = "[Content_Types].xml"
_MAIN = "officeDocument"


class Package:
    """A Word file and its parts.

    :param where: what the file is called, for errors.
    :ivar document: the main part, parsed.
    :raises ReaderError: if it is another kind of file, may hold macros, or is damaged.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self.where, self._data = where, data
        self.names = member_names(data, where)
        if _TYPES not in self.names:
            raise ReaderError(where, f"is no Word file, whatever its name says: {SAVE_AS_WORD}")
        self.main = self._main_part()
        document = self.part(self.main)
        if document is None or document.tag != w("document"):
            raise ReaderError(
                where, f"is another kind of Office file, not a Word document: {SAVE_AS_WORD}"
            )
        self.document = document

    def part(self, name: str) -> Element | None:
        """Parse a part; None when there is none of that name.

        :raises ReaderError: if it is damaged, too long, or not XML as Word writes it.
        """
        if name not in self.names:
            return None
        content = read_member(self._data, name, _MOST, self.where)
        for strict, usual in STRICT.items():
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as problem:
            raise ReaderError(
                self.where, f"is damaged in its part '{name}': please save it again in Word"
            ) from problem
        if root.getroottree().docinfo.doctype:
            # Word never writes one; it is how entities attack readers.
            raise ReaderError(
                self.where, "was not written by Word: please open it in Word and save it again"
            )
        return root

    def related(self, kind: str) -> Element | None:
        """Parse the part that the main part names for a kind, such as "styles"; None without."""
        target = self._related_names(self.main).get(kind)
        return self.part(target[0]) if target else None

    def all_related(self, kind: str) -> list[Element]:
        """Parse all parts that the main part names for a kind, such as "header"."""
        names = self._related_names(self.main).get(kind, [])
        return [root for name in names if (root := self.part(name)) is not None]

    def _related_names(self, name: str) -> dict[str, list[str]]:
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, list[str]] = {}
        for row in () if root is None else root:
            if row.get("TargetMode") == "External":
                continue
            kind = row.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", folder, row.get("Target", "")))
            found.setdefault(kind, []).append(path.lstrip("/"))
        return found

    def _main_part(self) -> str:
        name = self._related_names("").get(_MAIN, ["word/document.xml"])[0]
        if "macroEnabled" in self._content_type(name):
            raise ReaderError(self.where, f"may hold macros, which we never open: {SAVE_AS_WORD}")
        return name

    def _content_type(self, name: str) -> str:
        root = self.part(_TYPES)
        rows = () if root is None else root
        return next((r.get("ContentType", "") for r in rows if r.get("PartName") == f"/{name}"), "")
