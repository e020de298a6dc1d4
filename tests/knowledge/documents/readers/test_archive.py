"""Zip files, honest and not."""

import io
import zipfile

import pytest

from knowledge.documents.readers.archive import check_members, member_names, read_member
from knowledge.errors import ReaderError


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def claiming(archive: bytes, honest: int, claimed: int) -> bytes:
    """Give a zip file whose headers claim another size of what is inside."""
    return archive.replace(honest.to_bytes(4, "little"), claimed.to_bytes(4, "little"))


def test_a_member_is_given_whole() -> None:
    archive = zipped({"a.xml": b"<a/>" * 50_000, "b.xml": b"<b/>"})
    assert member_names(archive, "a.docx") == {"a.xml", "b.xml"}
    assert read_member(archive, "a.xml", 200_000, "a.docx") == b"<a/>" * 50_000


def test_a_member_that_is_too_long_is_refused() -> None:
    with pytest.raises(ReaderError, match=r"a\.docx: unpacks to more than 1 MB"):
        read_member(zipped({"a.xml": bytes(1_000_001)}), "a.xml", 1_000_000, "a.docx")


def test_a_member_that_claims_to_be_short_is_never_inflated_whole() -> None:
    bomb = claiming(zipped({"a.xml": bytes(50_000_000)}), 50_000_000, 1_000)
    with pytest.raises(ReaderError, match=r"damaged|unpacks to more"):
        read_member(bomb, "a.xml", 1_000_000, "a.docx")


def test_all_members_are_counted_together() -> None:
    many = zipped({f"{number}.xml": bytes(400_000) for number in range(3)})
    check_members(many, "a.docx", most=1_200_000)
    with pytest.raises(ReaderError, match="unpacks to more than 1 MB"):
        check_members(many, "a.docx", most=1_100_000)


def test_a_member_that_is_missing_is_named() -> None:
    with pytest.raises(ReaderError, match=r"it has no 'word/document\.xml' inside"):
        read_member(zipped({"a.xml": b""}), "word/document.xml", 1_000, "a.docx")


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 and no more", b"words"])
def test_what_is_no_zip_file_is_called_damaged(broken: bytes) -> None:
    with pytest.raises(ReaderError, match="damaged: please save it again"):
        member_names(broken, "a.docx")


def test_a_member_that_is_cut_off_is_called_damaged() -> None:
    archive = bytearray(zipped({"a.xml": bytes(range(256)) * 400}))
    archive[60:90] = bytes(30)
    with pytest.raises(ReaderError, match="damaged: please save it again"):
        read_member(bytes(archive), "a.xml", 1_000_000, "a.docx")
