"""A message read as first aid reads it: without the spelling of any edition."""

from functools import cache

from knowledge.language.text import Speller
from knowledge.messages.message import Message, MessageReader


def read_message(text: str) -> Message:
    return _reader().read(text)


@cache
def _reader() -> MessageReader:
    return MessageReader(Speller.load())
