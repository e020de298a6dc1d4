import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from knowledge.editions.edition import DraftEdition
from knowledge.editions.publish import Library
from knowledge.editions.report import Report
from knowledge.errors import DocumentError, EditionError, UnknownDocument
from knowledge.search.embedding import Embedder
from knowledge.search.index import Index
from knowledge.search.index_files import DATA_FILES, MANIFEST_FILE
from tests.knowledge.documents.readers.pdf.making import Page, make
from tests.small import BELLS, KEYS

ALL = ("bells", "keys", "leave")


def index_folder(library: Library) -> Path:
    return library.folder / str(library.store.latest().digest)


def texts(index: Index) -> list[str]:
    return [entry.passage.text for entry in index.entries]


def test_new_files_are_created(library: Library, folder: Path) -> None:
    report = library.add([folder])
    assert (report.created, report.edition) == (ALL, 1)
    edition, index = library.open()
    assert tuple(edition.documents) == ALL
    assert [entry.passage.id for entry in index.entries] == [
        "bells#introduction",
        "keys#introduction",
        "keys#lost-keys",
        "leave#introduction",
        "leave#how-to-ask",
    ]


def test_adding_the_same_files_again_changes_nothing(library: Library, folder: Path) -> None:
    library.add([folder])
    assert library.add([folder]) == Report(unchanged=ALL, edition=1)


def test_a_changed_file_embeds_only_what_changed(library: Library, folder: Path) -> None:
    library.add([folder])
    (folder / "keys.md").write_text(KEYS.replace("change the locks", "ring the office"))
    report = library.add([folder])
    assert (report.updated, report.unchanged) == (("keys",), ("bells", "leave"))
    assert report.embedded == 2  # the passage, and its one sentence
    assert any("ring the office" in text for text in texts(library.open()[1]))


def test_changed_metadata_is_an_update_that_embeds_nothing(library: Library, folder: Path) -> None:
    library.add([folder])
    (folder / "keys.md").write_text(KEYS.replace("2026-02-01", "2026-02-02"))
    report = library.add([folder / "keys.md"])
    assert (report.updated, report.embedded, report.edition) == (("keys",), 0, 2)


def test_a_removed_document_is_in_no_answer(library: Library, folder: Path) -> None:
    library.add([folder])
    report = library.remove("keys")
    assert (report.removed, report.embedded) == (("keys",), 0)
    edition, index = library.open()
    assert tuple(edition.documents) == ("bells", "leave")
    assert not any("site manager" in text for text in texts(index))


def test_removing_a_document_that_is_not_there_is_refused(library: Library, folder: Path) -> None:
    with pytest.raises(UnknownDocument, match="'keys'"):
        library.remove("keys")
    library.add([folder])
    with pytest.raises(UnknownDocument, match="'key'"):
        library.remove("key")


def test_a_document_whose_file_is_gone_from_its_folder_is_removed(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    (folder / "keys.md").unlink()
    assert library.add([folder]).removed == ("keys",)


def test_adding_one_file_leaves_the_others_of_its_folder(library: Library, folder: Path) -> None:
    library.add([folder])
    (folder / "keys.md").unlink()
    report = library.add([folder / "bells.md"])
    assert (report.removed, report.edition) == ((), 1)


def test_a_document_in_two_files_goes_when_the_last_file_goes(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "keys.md").write_text(KEYS)
    library.add([folder])
    library.add([copies])
    (folder / "keys.md").unlink()
    assert library.add([folder]).removed == ()
    (copies / "keys.md").unlink()
    assert library.add([copies]).removed == ("keys",)


def test_a_document_in_two_files_is_unchanged_when_one_is_added_again(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "keys.md"
    copy.write_text(KEYS)
    library.add([folder])
    edition = library.add([copy]).edition
    assert library.add([folder]) == Report(unchanged=ALL, edition=edition)


def test_a_text_that_two_documents_share_is_found_once(library: Library, folder: Path) -> None:
    (folder / "ringing.md").write_text(BELLS.replace("School bells", "Ringing"))
    library.add([folder])
    edition, index = library.open()
    assert "ringing" in edition.documents
    assert sum("bell rings" in text for text in texts(index)) == 1


def test_a_removed_bundled_document_does_not_come_back(library: Library, folder: Path) -> None:
    library.add([folder], bundled=True)
    library.remove("keys")
    assert library.add([folder], bundled=True) == Report(unchanged=("bells", "leave"), edition=2)


def test_a_removed_document_comes_back_when_it_is_added_by_hand(
    library: Library, folder: Path
) -> None:
    library.add([folder], bundled=True)
    library.remove("keys")
    assert library.add([folder / "keys.md"]).created == ("keys",)
    assert library.add([folder], bundled=True).removed == ()


def test_an_own_version_of_a_bundled_document_stays(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "keys.md"
    own.write_text(KEYS.replace("change the locks", "ring the office"))
    library.add([folder], bundled=True)
    edition = library.add([own]).edition
    assert library.add([folder], bundled=True) == Report(unchanged=ALL, edition=edition)
    assert any("ring the office" in text for text in texts(library.open()[1]))


def test_a_bad_file_is_named_and_what_it_held_before_stays(library: Library, folder: Path) -> None:
    library.add([folder])
    (folder / "bells.md").write_text(BELLS.replace("rings", "sounds"))
    (folder / "keys.md").write_text(KEYS.replace("2026-02-01", "soon"))
    report = library.add([folder])
    assert (report.updated, report.removed) == (("bells",), ())
    (problem,) = report.refused
    assert "keys.md, field 'published'" in str(problem)
    assert any("site manager" in text for text in texts(library.open()[1]))


def test_a_bad_bundled_file_changes_nothing(library: Library, folder: Path) -> None:
    (folder / "keys.md").write_text(KEYS.replace("2026-02-01", "soon"))
    with pytest.raises(DocumentError, match=r"keys\.md, field 'published'"):
        library.add([folder], bundled=True)
    assert library.store.latest_number() is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hall.pdf", b"%PDF-1.7\nand nothing else"),
        ("hall.txt", b"%PDF-1.7\n"),
    ],
)
def test_a_hostile_file_is_named_and_nothing_of_it_is_published(
    library: Library, folder: Path, name: str, content: bytes
) -> None:
    library.add([folder])
    (folder / name).write_bytes(content)
    report = library.add([folder])
    assert [name in str(problem) for problem in report.refused] == [True]
    assert (report.unchanged, report.edition) == (ALL, 1)


def test_the_pages_of_a_long_file_are_a_step_of_their_own(library: Library, folder: Path) -> None:
    pages = [Page(), Page()]
    pages[0].lines(780, "The hall", size=20, bold=True)
    pages[0].lines(740, "The hall is open on every school day from eight until four.")
    pages[1].lines(740, "Whoever wants to use it later rings the office before noon.")
    (folder / "hall.pdf").write_bytes(make(*pages))
    steps: list[tuple[str, int, int]] = []
    library.add([folder / "hall.pdf"], lambda *step: steps.append(step))
    told = [("pages of hall.pdf", 1, 2), ("pages of hall.pdf", 2, 2), ("reading", 1, 1)]
    assert list(dict.fromkeys(steps))[:3] == told


def test_a_path_that_does_not_exist_is_refused(library: Library, folder: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        library.add([folder, folder / "nothing.md"])
    assert library.store.latest_number() is None


@pytest.mark.parametrize("name", [*DATA_FILES, MANIFEST_FILE])
@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_missing_or_broken_index_files_are_built_again(
    library: Library, folder: Path, name: str, content: bytes | None
) -> None:
    library.add([folder])
    _, before = library.open()
    path = index_folder(library) / name
    whole = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    _, after = library.open()
    assert (after.passage_vectors == before.passage_vectors).all()
    assert (after.sentence_vectors == before.sentence_vectors).all()
    assert np.array_equal(
        np.concatenate(after.pieces.vectors), np.concatenate(before.pieces.vectors)
    )
    assert path.read_bytes() == whole


@pytest.mark.parametrize("name", DATA_FILES)
def test_index_files_with_one_wrong_byte_are_made_anew(
    library: Library, folder: Path, name: str
) -> None:
    library.add([folder])
    path = index_folder(library) / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    library.open()
    assert path.read_bytes() == whole


def test_the_indexes_of_the_newest_three_editions_stay(library: Library, folder: Path) -> None:
    digests = []
    for number in range(5):
        (folder / "keys.md").write_text(KEYS.replace("same day", f"day {number}"))
        library.add([folder])
        digests.append(library.store.latest().digest)
    assert {path.name for path in library.folder.iterdir()} == set(digests[2:])
    library.restore(1)
    assert len(library.open()[1].entries) == 5


def test_an_edition_of_a_release_without_digests_keeps_its_index(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    with library.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE editions SET digest = NULL"))
    assert library.add([folder]).edition == 1
    assert len(list(library.folder.iterdir())) == 1


def test_guidance_of_a_release_without_word_pieces_is_embedded_again(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    with library.store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM pieces"))
    shutil.rmtree(library.folder)
    _, index = library.open()
    assert len(index.pieces.firsts) == len(index.entries) + 1
    assert np.concatenate(index.pieces.vectors).shape == (index.pieces.firsts[-1], 384)


def test_index_files_of_another_database_are_not_used(library: Library, folder: Path) -> None:
    library.add([folder])
    manifest = index_folder(library) / MANIFEST_FILE
    own = manifest.read_text()
    manifest.write_text(own.replace('"content": "', '"content": "0'))
    library.open()
    assert manifest.read_text() == own


class OtherModel(Embedder):
    """The session's model under another digest, as if other weights were configured."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder.folder, "other-model", "0" * 64)


def test_an_edition_of_another_model_is_refused_until_it_is_rebuilt(
    library: Library, folder: Path, embedder: Embedder
) -> None:
    library.add([folder])
    other = Library(library.store, library.folder, lambda: OtherModel(embedder))
    with pytest.raises(EditionError, match="advice rebuild"):
        other.open()
    report = other.rebuild()
    assert (report.unchanged, report.edition) == (ALL, 2)
    assert report.embedded > 0
    assert other.open()[0].settings["model"] == "other-model"


def test_an_edition_of_another_analyser_is_refused(library: Library, folder: Path) -> None:
    library.add([folder])
    edition = library.store.latest()
    settings = {**edition.settings, "analyser": {"version": 0, "stemmer": "english"}}
    library.store.publish(DraftEdition(edition.versions, settings, "an older release", base=1))
    with pytest.raises(EditionError, match=r"analyser.*advice rebuild"):
        library.open()
    assert library.rebuild().embedded == 0
    assert library.open()[0].number == 3


def test_a_library_with_nothing_in_it_says_what_to_do(library: Library) -> None:
    for act in (library.open, library.rebuild):
        with pytest.raises(EditionError, match="advice add"):
            act()


def test_progress_reaches_its_total_in_every_step(library: Library, folder: Path) -> None:
    steps: dict[str, list[tuple[int, int]]] = {}
    library.add(
        [folder], lambda step, done, total: steps.setdefault(step, []).append((done, total))
    )
    assert list(steps) == ["reading", "embedding"]
    assert all(rows[-1][0] == rows[-1][1] for rows in steps.values())


def test_a_version_in_an_edition_knows_its_files(library: Library, folder: Path) -> None:
    library.add([folder])
    versions = {version.document.id: version for version in library.store.latest().versions}
    assert versions["keys"].origins == (str((folder / "keys.md").resolve()),)
    assert replace(versions["keys"], origins=()).digest == versions["keys"].digest
