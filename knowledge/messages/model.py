"""The message model: what kind of message a member wrote, and which grave matter it is about.

The project ships a small adapter. At the first start it is joined to the pinned encoder and written
to the data folder as one file, as the encoder is.
"""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from tokenizers import Tokenizer

from knowledge.language.text import sentences
from knowledge.messages.kinds import KINDS, LONGEST_MESSAGE, MATTERS, URGENT
from knowledge.search.embedding import INPUTS
from knowledge.search.exports import damaged, read_export
from knowledge.search.session import open_session

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABOUT_FILE = "message-model.json"
EXPORTED = (MODEL_FILE, TOKENIZER_FILE)
OUTPUTS = ("kinds", "matters")
_REMEMBERED = 64
_LONG = 110  # words; the messages of the training have up to about as many
_PART = 40


@dataclass(frozen=True)
class Judged:
    """What the message model makes of a message.

    :param kinds: the probability of each kind; they add up to 1.
    :param matters: the probability of each grave matter, or none, to be what it is about.
    """

    kinds: dict[str, float]
    matters: dict[str, float]

    @property
    def urgent(self) -> float:
        """The probability that something grave is happening, whatever it is."""
        return sum(self.kinds[kind] for kind in URGENT)

    @property
    def matter(self) -> str:
        """The likeliest of the urgent kinds."""
        return max(URGENT, key=lambda kind: self.kinds[kind])


class MessageModel:
    """Judges messages and remembers the latest ones.

    :param folder: what `export_message_model` wrote.
    :raises ModelError: if the folder or one of its files is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        read_export(folder, ABOUT_FILE, EXPORTED)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session = open_session(folder / MODEL_FILE)
        # The tokenizer's own error for a damaged file is a plain Exception.
        except Exception as problem:
            raise damaged(folder, problem) from problem
        self._tokenizer.enable_truncation(LONGEST_MESSAGE)
        self._tokenizer.no_padding()
        self._remembered: OrderedDict[str, Judged] = OrderedDict()
        self._lock = Lock()

    def judge(self, text: str) -> Judged:
        """Judge a message; the same one in the next step is not judged again."""
        with self._lock:
            found = self._remembered.get(text)
            if found is None:
                found = self._remembered[text] = self._judge(text)
                if len(self._remembered) > _REMEMBERED:
                    self._remembered.popitem(last=False)
        return found

    def _judge(self, text: str) -> Judged:
        """Judge the whole; of a long message also its parts: one line may be the grave one."""
        whole = self._read(text)
        parts = [self._read(part) for part in _parts(text)]
        return max((whole, *parts), key=lambda judged: judged.urgent)

    def _read(self, text: str) -> Judged:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        given = dict(zip(INPUTS, (ids, np.ones_like(ids), np.zeros_like(ids)), strict=True))
        kinds, matters = self._session.run(list(OUTPUTS), given)
        return Judged(_shares(KINDS, kinds[0]), _shares(MATTERS, matters[0]))


def _parts(text: str) -> list[str]:
    """Cut a message that is longer than those of the training into parts of some sentences."""
    if len(text.split()) <= _LONG:
        return []
    parts: list[str] = []
    for sentence in sentences(text):
        if parts and len(parts[-1].split()) + len(sentence.split()) <= _PART:
            parts[-1] += f" {sentence}"
        else:
            parts.append(sentence)
    return parts


def _shares(names: tuple[str, ...], scores: np.ndarray) -> dict[str, float]:
    likelihood = np.exp(scores - scores.max())
    return dict(zip(names, (likelihood / likelihood.sum()).tolist(), strict=True))
