"""A message read as first aid reads it: without the spelling of any edition."""

from functools import cache

from knowledge.language.text import Words
from knowledge.messages.message import Message, MessageReader
from knowledge.search.query import spelling_of
from knowledge.tuning import load_tuning


def read_message(text: str) -> Message:
    return _reader().read(text)


@cache
def _reader() -> MessageReader:
    words = Words.load()
    return MessageReader(words, spelling_of(words, load_tuning().spelling))
