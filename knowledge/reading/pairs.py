"""A question and a passage as the reader sees them: word pieces, and whose sentence each is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

LONGEST = 300  # word pieces of question and passage together; passages have up to about 220
_LONGEST_QUESTION = 110  # about 80 words; of a longer one the start and the end are kept
_START = 30
_LONGEST_TRAIL = 40
_NOWHERE = -1  # the "sentence" of a piece that is in none

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pair:
    """A question and a passage.

    :param ids: the word pieces: question, title with headings, sentences.
    :param types: 0 for the question's pieces, 1 for the passage's.
    :param owners: the number of the sentence that each piece is in; -1 in none.
    """

    ids: Numbers
    types: Numbers
    owners: Numbers


class Pairing:
    """Makes pairs.

    :param tokenizer: the pinned model's; the reader's vocabulary is the same.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._start, self._end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    @classmethod
    def load(cls, folder: Path) -> "Pairing":
        """Read a model folder's tokenizer.json."""
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(tokenizer)

    def pair(self, question: str, trail: str, sentences: Sequence[str]) -> Pair:
        """Put a question and a passage together.

        :param trail: the passage's title and headings.
        """
        asked, *told = self._pieces([question, f"{trail}.", *sentences])
        if len(asked) > _LONGEST_QUESTION:
            asked = asked[:_START] + asked[_START - _LONGEST_QUESTION :]
        ids = [self._start, *asked, self._end]
        types, owners = [0] * len(ids), [_NOWHERE] * len(ids)
        for number, pieces in enumerate([told[0][:_LONGEST_TRAIL], *told[1:]], _NOWHERE):
            ids += pieces
            owners += [number] * len(pieces)
        ids, owners = [*ids[: LONGEST - 1], self._end], [*owners[: LONGEST - 1], _NOWHERE]
        types += [1] * (len(ids) - len(types))
        return Pair(np.array(ids), np.array(types), np.array(owners))

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        read = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [list(each.ids) for each in read]


def padded(pairs: Sequence[Pair]) -> dict[str, Numbers]:
    """Give pairs as one batch of model inputs, each of shape (pairs, longest)."""
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    batch = {name: np.zeros(shape, np.int64) for name in ("input_ids", "attention_mask", "types")}
    for row, pair in enumerate(pairs):
        size = len(pair.ids)
        batch["input_ids"][row, :size], batch["types"][row, :size] = pair.ids, pair.types
        batch["attention_mask"][row, :size] = 1
    batch["token_type_ids"] = batch.pop("types")
    return batch
