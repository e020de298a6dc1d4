"""Word files that are no Word files, or that mean harm: a clear error that says what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from knowledge.documents.readers import read
from knowledge.documents.readers.word import read_word
from knowledge.errors import ReaderError
from tests.knowledge.documents.readers.word_files import MAIN, paragraph, word_file

ENTITIES = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (word_file(main=MAIN.replace("main+xml", "macroEnabled.main+xml")), r"macros.*Save As"),
        (word_file(members={"word/document.xml": "<workbook/>"}), "another kind of Office file"),
        (zipped(notes_txt="text"), "no Word file"),
        (b"Just text.", "damaged"),
        (b"", "damaged"),
        (b"PK\x03\x04 broken", "damaged"),
        (word_file(members={"word/document.xml": "<w:document"}), "damaged in its part"),
        (word_file(members={"word/document.xml": ENTITIES + "<d>&a;</d>"}), "not written by Word"),
        (word_file(members={"word/styles.xml": ENTITIES + "<d>&a;</d>"}), "not written by Word"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(ReaderError, match=said):
        read_word(data, "file")


def test_a_part_that_unpacks_to_far_too_much_is_refused() -> None:
    huge = paragraph("a" * 1000) * 40_000
    with pytest.raises(ReaderError, match="unpacks to more than"):
        read_word(word_file(huge), "file")


def test_tables_nested_without_end_are_refused() -> None:
    nested = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 60
    with pytest.raises(ReaderError, match=r"too deep|damaged in its part"):
        read_word(word_file(nested), "file")


@pytest.mark.parametrize("ending", [".doc", ".docm", ".odt", ".rtf"])
def test_files_of_other_word_processors_are_refused_with_how_to_save_them(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"leave{ending}"
    path.write_bytes(b"whatever it is")
    with pytest.raises(ReaderError, match="Save As"):
        read(path)
