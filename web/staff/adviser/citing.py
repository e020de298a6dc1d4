"""A quotation as an adviser passes it on: with all that says where it comes from."""

import re
from dataclasses import dataclass

from knowledge.language.sentences import ITEM_MARKS

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


@dataclass(frozen=True)
class Citation:
    """A quotation with its source.

    :param facts: the rest in words: publisher, dates, page, edition, and what is to be noted.
    :param link: the whole address where it can be read.
    """

    quote: str
    title: str
    facts: tuple[str, ...]
    link: str

    @property
    def markdown(self) -> str:
        """The citation as Markdown, which reads well as plain text too."""
        quoted: list[str] = []
        for line in self.lines:
            item = line.startswith(ITEM_MARKS)
            if quoted and not item:
                quoted.append(">")  # else two paragraphs would become one
            quoted.append(f"> {_line(line)}")
        facts = "".join(f"  \n{_escaped(fact)}" for fact in self.facts)
        return "\n".join([*quoted, "", f"[{_escaped(self.title)}]({self.link}){facts}", ""])

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the quotation that hold something."""
        return tuple(line for line in self.quote.split("\n") if line.strip())


def _line(line: str) -> str:
    for mark, sign in (("• ", "- "), ("◦ ", "  - ")):
        if line.startswith(mark):
            return sign + _escaped(line.removeprefix(mark))
    return _escaped(line)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
