"""Markdown files, with or without YAML front matter."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.documents.blocks import Block, Draft, left
from knowledge.documents.readers.draft import tidy
from knowledge.documents.readers.html import blocks_of
from knowledge.documents.readers.html.parts import Part
from knowledge.documents.readers.markdown.front_matter import take_front_matter
from knowledge.documents.readers.markdown.govspeak import without_govspeak
from knowledge.documents.readers.markdown.numbers import line_numbers
from knowledge.documents.readers.markdown.parser import tabs_opened, to_html
from knowledge.documents.readers.markdown.templates import HOLE, without_templates
from knowledge.documents.readers.plain import slug
from knowledge.language.sentences import split_sentences

_REMARK = re.compile(r"<!--(.*?)-->", re.DOTALL)  # for other editors, not for readers


def read_markdown(content: str, name: str) -> tuple[Draft, ...]:
    """Read a Markdown text as one document.

    :param name: the file's name without its ending; it becomes the document's identifier.
    :raises ReaderError: if the front matter cannot be read.
    """
    text, metadata, unknown = take_front_matter(content, name)
    text, marks = without_templates(text)
    text, short_forms = without_govspeak(text)
    text = tabs_opened(text)
    page = to_html(text, line_numbers(text, content))
    parts = list(_without_holes(blocks_of(page, name, marked="line")))
    parts, unused = _explained(parts, short_forms)
    blocks, left_out = tidy(parts)
    first = next((block for block in blocks if block.kind == "heading"), None)
    if not metadata.get("title") and first is not None:
        metadata["title"] = first.text
    remarks = left("comment", (" ".join(each.split()) for each in _REMARK.findall(text)))
    fields = (*left("field", [*unknown, *marks, *unused]), *remarks)
    return (Draft(slug(name), metadata, blocks, (*fields, *left_out)),)


def _without_holes(parts: Iterator[Part]) -> Iterator[Part]:
    """Leave out sentences in which a template would have put something that we cannot know."""
    for part in parts:
        if HOLE not in part.text or not isinstance(part, Block):
            yield part
            continue
        sentences = [sentence.text for sentence in split_sentences(part.text)]
        for sentence in sentences:
            if HOLE in sentence:
                yield replace(part, text=sentence.replace(HOLE, "…")).left_out("field")
        whole = " ".join(sentence for sentence in sentences if HOLE not in sentence)
        if whole:
            yield replace(part, text=whole)


def _explained(parts: list[Part], short_forms: dict[str, str]) -> tuple[list[Part], list[str]]:
    """Explain each short form where it is first used, as the page's tooltip would.

    :return: the parts, and the explanations that were not needed.
    """
    unused = []
    for short, full in short_forms.items():
        word = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
        said = any(full in part.text for part in parts)
        place = next(
            (
                at
                for at, part in enumerate(parts)
                if isinstance(part, Block) and part.kind != "heading" and word.search(part.text)
            ),
            None,
        )
        if said or place is None:
            unused.append(f"{short}: {full}")
            continue
        part = parts[place]
        if isinstance(part, Block):
            text = word.sub(lambda found: f"{found[0]} ({full})", part.text, count=1)  # noqa: B023
            parts[place] = replace(part, text=text)
    return parts, unused
