"""The files of an index: written whole or not at all, and read only when every byte is right."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.language.analyser import Analyser
from knowledge.search.disk import digest_of, to_disk
from knowledge.search.index import Entry, Index, assemble
from knowledge.search.pieces import PassagePieces, frequencies_of

PASSAGES_FILE = "passages.faiss"
SENTENCES_FILE = "sentences.npy"
PIECES_FILE = "pieces.npy"
PIECES_OF_FILE = "pieces_of.npz"
MANIFEST_FILE = "index.json"
DATA_FILES = (PASSAGES_FILE, SENTENCES_FILE, PIECES_FILE, PIECES_OF_FILE)

# Part of every content digest: raise it when the files change their form.
_FORM = 1
_DRAFT = "draft-"
# A draft whose process seems alive is left this long: its number may be another process's by now.
_DRAFT_SECONDS = 24 * 60 * 60.0


def content_digest(entries: Sequence[Entry], model: str, analyser: Mapping[str, Any]) -> str:
    """Give the SHA-256 of all that an index is derived from; it names the index's folder.

    :param model: the digest of the embedding model.
    """
    digest = hashlib.sha256(json.dumps([_FORM, model, analyser], sort_keys=True).encode())
    for entry in entries:
        sentences = [[sentence.start, sentence.end] for sentence in entry.sentences]
        passage = entry.passage
        content = [entry.document.title, passage.headings, passage.text, sentences]
        digest.update(json.dumps(content).encode())
    return digest.hexdigest()


def save_index(index: Index, folder: Path, content: str) -> None:
    """Write the vectors of an index to a folder, all or nothing.

    They are written to a draft folder that no other process or thread uses, and moved into place
    when every byte is on the disk.

    :param content: the content digest; loading asks for the same.
    :raises OSError: if the files cannot be written; then the folder is as it was.
    """
    draft = folder.with_name(f"{_DRAFT}{os.getpid()}-{uuid4().hex}")
    draft.mkdir(parents=True)
    try:
        pieces = index.pieces
        (draft / PASSAGES_FILE).write_bytes(faiss.serialize_index(index.passages).tobytes())
        np.save(draft / SENTENCES_FILE, index.sentence_vectors)
        _save_joined(draft / PIECES_FILE, pieces.vectors, index.passages.d)
        np.savez(draft / PIECES_OF_FILE, ids=pieces.ids, parts=pieces.parts, firsts=pieces.firsts)
        manifest = {"content": content, "files": _digests(draft)}
        (draft / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
        for path in (*draft.iterdir(), draft):
            to_disk(path)
        _move(draft, folder)
        to_disk(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def is_whole(folder: Path, content: str) -> bool:
    """Say whether a folder holds the whole index of this content, each file as it was written."""
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        return bool(manifest == {"content": content, "files": _digests(folder)})
    except (OSError, ValueError):
        return False


def is_there(folder: Path) -> bool:
    """Say whether an index was written to a folder; whether each byte is right takes longer."""
    return (folder / MANIFEST_FILE).is_file()


def load_index(
    entries: Sequence[Entry], folder: Path, content: str, analyser: Analyser
) -> Index | None:
    """Read an index that `save_index` wrote, or None if it is missing, broken or of other data."""
    if not is_whole(folder, content):
        return None
    try:
        passages = faiss.read_index(str(folder / PASSAGES_FILE))
        sentences = np.load(folder / SENTENCES_FILE)
        vectors = np.load(folder / PIECES_FILE)
        with np.load(folder / PIECES_OF_FILE) as of:
            ids, parts, firsts = of["ids"], of["parts"], of["firsts"]
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile):
        # Another process may have taken the folder away meanwhile; FAISS raises RuntimeError then.
        # The store has everything to build it anew.
        return None
    expected = sum(len(entry.sentences) + 1 for entry in entries)
    if (passages.ntotal, len(sentences)) != (len(entries), expected):
        return None
    if (len(firsts), len(vectors)) != (len(entries) + 1, firsts[-1]):
        return None
    own = tuple(vectors[start:end] for start, end in pairwise(firsts.tolist()))
    pieces = PassagePieces(own, ids, parts, firsts, frequencies_of(ids, firsts))
    return assemble(entries, passages, sentences, pieces, analyser)


def _save_joined(path: Path, arrays: Sequence[npt.NDArray[np.int8]], dimension: int) -> None:
    """Write arrays as one, without joining them in memory."""
    shape = (sum(map(len, arrays)), dimension)
    with path.open("wb") as file:
        header = {"descr": "|i1", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        for array in arrays:
            file.write(np.ascontiguousarray(array).data)


def clean_indexes(root: Path, keep: Collection[str]) -> None:
    """Remove the index folders that are not to be kept, and the drafts of dead processes.

    A process that loses a folder while it reads it builds that index from the store.
    """
    with suppress(OSError):
        for path in list(root.iterdir()):
            is_left = _is_left(path) if path.name.startswith(_DRAFT) else path.name not in keep
            if path.is_dir() and is_left:
                shutil.rmtree(path, ignore_errors=True)


def _move(draft: Path, folder: Path) -> None:
    """Put a draft in a folder's place; what is there (not whole, or not to be read) goes."""
    for _ in range(10):
        try:
            draft.rename(folder)
            return
        except OSError:
            if not folder.exists():
                raise
        # A folder cannot be replaced in one step, so it is moved out of the way. Whoever looks
        # between the two steps finds none, and builds the index from the store.
        aside = draft.with_name(f"{_DRAFT}{os.getpid()}-{uuid4().hex}")
        with suppress(FileNotFoundError):
            folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    raise OSError(f"{folder} is written by others again and again")


def _digests(folder: Path) -> dict[str, str]:
    return {name: digest_of(folder / name) for name in DATA_FILES}


def _is_left(draft: Path) -> bool:
    """Say whether nobody writes to a draft folder any more."""
    try:
        if time.time() - draft.stat().st_mtime > _DRAFT_SECONDS:
            return True
        os.kill(int(draft.name.split("-")[1]), 0)
    except (ProcessLookupError, ValueError):
        return True
    except OSError:
        return False  # gone by now, or another user's process
    return False
