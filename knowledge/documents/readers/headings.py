"""Which lines of a pasted text are headings, and how deep they are."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from knowledge.documents.blocks import LeftOutKind
from knowledge.documents.readers.lines import Line, is_prose, looks_like_heading
from knowledge.documents.readers.pointers import has_facts

_LONGEST_RUN = 3  # headings in a row; more are a menu or an address
_LONGEST_ABOVE_LIST = 25  # words
_TITLE, _SECTION = 1, 2
_SHORT: LeftOutKind = "outside the main part"  # short lines that introduce nothing


def mark_headings(lines: Sequence[Line]) -> list[Line]:
    """Turn the lines that are headings into headings, without a level yet.

    Short lines that introduce nothing are dropped, unless they state a date or a way to reach
    someone.
    """
    marked = list(lines)
    content = [i for i, line in enumerate(marked) if line.kind in ("text", "item", "row")]
    for run in _runs(marked, content):
        _mark_run(marked, content, run)
    for place, line_at in enumerate(content):
        line = marked[line_at]
        is_heading = _numbered_heading if line.numbered else _long_heading
        if is_heading(marked, content, place):
            marked[line_at] = replace(line, kind="heading")
    return marked


def could_be_heading(line: Line) -> bool:
    """Say whether a line has the shape of a heading, whatever follows it."""
    return line.kind == "text" and looks_like_heading(line.text) and not is_prose(line.text)


def _runs(lines: Sequence[Line], content: Sequence[int]) -> list[list[int]]:
    """Give the runs of lines that could be headings, as places in `content`."""
    runs: list[list[int]] = []
    for place, line_at in enumerate(content):
        if could_be_heading(lines[line_at]):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
    return runs


def _mark_run(lines: list[Line], content: Sequence[int], run: list[int]) -> None:
    def mark(places: Sequence[int], kind: str) -> None:
        for place in places:
            line = lines[content[place]]
            level = 1 if kind == "item" else 0
            lines[content[place]] = replace(line, kind=kind, level=level, why=_SHORT)  # type: ignore[arg-type]

    is_last = run[-1] + 1 == len(content)
    has_lead_in = run[0] > 0 and lines[content[run[0] - 1]].text.endswith(":")
    if has_lead_in and len(run) > 1 and lines[content[run[0] - 1]].kind == "text":
        # A list whose marks were lost; after an empty line its last line may be the next heading.
        opens_next = not is_last and lines[content[run[-1]]].gap
        mark(run[:-1] if opens_next else run, "item")
        mark(run[-1:] if opens_next else [], "heading")
    elif is_last or len(run) > _LONGEST_RUN:
        facts = any(has_facts(lines[content[place]].text) for place in run)
        mark(run if is_last else run[:-1], "text" if facts else "dropped")
        mark([] if is_last else run[-1:], "heading")
    else:
        mark(run, "heading")


def _numbered_heading(lines: Sequence[Line], content: Sequence[int], place: int) -> bool:
    """Say whether "1. Before the visit" is a heading: text follows, and no list surrounds it."""
    line = lines[content[place]]
    if place + 1 == len(content) or not looks_like_heading(line.text):
        return False
    before = lines[content[place - 1]] if place else None
    after = lines[content[place + 1]]
    in_list = before is not None and before.kind == "item" and before.numbered
    return not in_list and after.kind == "text" and is_prose(after.text)


def _long_heading(lines: Sequence[Line], content: Sequence[int], place: int) -> bool:
    """Say whether a line is a heading longer than most: it stands alone, right above a list."""
    line = lines[content[place]]
    above_list = place + 1 < len(content) and lines[content[place + 1]].kind in ("item", "row")
    stands_alone = line.kind == "text" and line.gap
    return stands_alone and above_list and looks_like_heading(line.text, _LONGEST_ABOVE_LIST)


def set_levels(article: Sequence[Line]) -> list[Line]:
    """Give the headings of one article their levels; the first of its lines may be its title.

    A heading right above another one holds those that follow, up to the next break.
    """
    lines = list(article)
    content = [i for i, line in enumerate(lines) if line.kind in ("text", "item", "row", "heading")]
    headings = [i for i in content if lines[i].kind == "heading"]
    title = headings[0] if headings and headings[0] == content[0] else None
    following = dict(itertools.pairwise(content))
    inside_group = False
    has_text = False  # since the heading that opened the group
    section = _SECTION
    for place, line in enumerate(lines):
        if line.kind == "break":
            inside_group = inside_group and not has_text
        elif line.kind in ("text", "item", "row"):
            has_text = True
        elif line.kind == "heading" and place == title:
            lines[place] = replace(line, level=_TITLE)
        elif line.kind == "heading" and line.numbered:
            lines[place] = replace(line, level=section + 1)
        elif line.kind == "heading":
            section = _SECTION + inside_group
            lines[place] = replace(line, level=section)
            next_at = following.get(place)
            opens = next_at is not None and lines[next_at].kind == "heading"
            if opens and not lines[next_at].numbered and not inside_group:  # type: ignore[index]
                inside_group, has_text = True, False
    return lines
