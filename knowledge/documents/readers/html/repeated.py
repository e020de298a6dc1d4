"""Parts that a page gives twice in the same place, once for wide and once for narrow screens."""

from knowledge.documents.blocks import Block
from knowledge.documents.readers.html.parts import Part

_FEWEST_WORDS = 5  # a shorter line may well be said twice
_PLAIN = ("paragraph", "note", "quote")


def without_repeats(parts: list[Part]) -> list[Part]:
    """Leave out a section that stands twice under the same headings, and a line twice in a section.

    The same words under another heading are another statement, and stay.
    """
    sections: list[tuple[tuple[str, ...], list[Part]]] = [((), [])]
    trail: list[tuple[int, str]] = []
    for part in parts:
        if isinstance(part, Block) and part.kind == "heading":
            trail = [entry for entry in trail if entry[0] < part.level]
            if part.text:
                trail.append((part.level, part.text))
            sections.append((tuple(text for _, text in trail), []))
        sections[-1][1].append(part)
    seen: set[tuple[str, ...]] = set()
    lines: set[tuple[tuple[str, ...], str]] = set()
    result: list[Part] = []
    for headings, section in sections:
        texts = tuple(part.text for part in section if isinstance(part, Block))
        whole = (*headings, "", *texts)
        long = sum(len(text.split()) for text in texts[1:]) >= _FEWEST_WORDS
        again = long and whole in seen
        seen.add(whole)
        for part in section:
            if not isinstance(part, Block):
                result.append(part)
            elif again and part.text:
                result.append(part.left_out("repeated"))
            elif part.kind in _PLAIN and len(part.text.split()) >= _FEWEST_WORDS:
                line = (headings, part.text)
                result.append(part.left_out("repeated") if line in lines else part)
                lines.add(line)
            else:
                result.append(part)
    return result
