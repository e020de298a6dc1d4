"""Whatever a page looks like: no visible word is lost, none is doubled, order and numbers stay."""

import itertools
import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.blocks import Draft
from knowledge.documents.readers import read_html, read_markdown

# Names that say what a section is about, and nothing about what it is.
NAMES = ["sharing", "related", "social menu", "comments", "sidebar", "cookie-policy", "breadcrumb"]
NUMBERS = ["10", "£2,500", "3.5%", "2026", "½", "10²", "1/2", "0300-123", "(4)", "12:30", "1st"]


@dataclass
class Written:
    """A piece of source text and the words that a visitor sees in it, in order."""

    source: str
    words: list[str]


def joined(parts: list[Written], between: str = "") -> Written:
    source = between.join(part.source for part in parts)
    return Written(source, list(itertools.chain.from_iterable(part.words for part in parts)))


def around(before: str, part: Written, after: str) -> Written:
    return Written(before + part.source + after, part.words)


@st.composite
def words(draw: st.DrawFn) -> list[str]:
    """Draw some words; each has a number of its own, so that none is like another."""
    count = draw(st.integers(1, 5))
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=count, max_size=count))
    return [word for number in numbers for word in ("word", number)]


@st.composite
def inline(draw: st.DrawFn) -> Written:
    parts = []
    for word in draw(words()):
        mark = draw(st.sampled_from(["", "", "b", "em", "span", "code", "ins", "strong"]))
        parts.append(f"<{mark}>{word}</{mark.split()[0]}>" if mark else word)
    text = " ".join(parts)
    return Written(text, re.sub(r"<[^>]*>", "", text).split())


def lists(items: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    tag = st.sampled_from(["ul", "ol", "ol type=a", "ol start=4", "ol reversed"])
    return st.builds(
        lambda name, parts: around(f"<{name}>", joined(parts), f"</{name[:2]}>"),
        tag,
        st.lists(items.map(lambda item: around("<li>", item, "</li>")), min_size=1, max_size=3),
    )


def boxes(inner: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    """Put blocks into boxes and lists, as deep as a draw goes."""
    some = st.lists(inner, min_size=1, max_size=3).map(joined)
    box = st.builds(
        lambda tag, name, part: around(f"<{tag} id='{name}' class='{name}'>", part, f"</{tag}>"),
        st.sampled_from(["div", "section", "form", "blockquote", "aside"]),
        st.sampled_from(NAMES),
        some,
    )
    details = st.builds(
        lambda label, part: joined(
            [around("<details><summary>", label, "</summary>"), around("", part, "</details>")]
        ),
        inline(),
        some,
    )
    nested = lists(inline()).flatmap(
        lambda inside: (
            lists(
                st.builds(lambda a, b: joined([a, inside, b]), inline(), inline()),
            )
            if inside
            else st.nothing()
        )
    )
    return box | details | nested


PLAIN = st.builds(
    lambda tag, part: around(f"<{tag}>", part, f"</{tag}>"),
    st.sampled_from(["p", "p", "div", "h2", "h3", "h4", "p class='social'", "h2 id='related'"]).map(
        lambda tag: tag
    ),
    inline(),
).map(lambda part: Written(re.sub(r"</(\w+) [^>]*>", r"</\1>", part.source), part.words))
TERMS = st.builds(
    lambda term, meaning: joined(
        [around("<dl><dt>", term, "</dt>"), around("<dd>", meaning, "</dd></dl>")]
    ),
    inline(),
    inline(),
)
HTML = st.lists(
    st.recursive(PLAIN | lists(inline()) | TERMS, boxes, max_leaves=6), min_size=1, max_size=5
).map(joined)


def without_marks(texts: list[str]) -> list[str]:
    return [word.rstrip(":") for text in texts for word in text.split()]


def check(draft: Draft, written: Written) -> None:
    kept = without_marks([block.text for block in draft.blocks])
    lost = without_marks([each.text for each in draft.left_out])
    assert sorted([*kept, *lost]) == sorted(written.words)
    # What stays is in the order in which it was written.
    rest = iter(written.words)
    assert all(any(word == other for other in rest) for word in kept)
    # Only headings without text under them fall out.
    assert {each.kind for each in draft.left_out} <= {"empty heading"}


@given(HTML)
def test_no_word_of_a_page_is_lost_or_doubled(written: Written) -> None:
    numbered = numbered_words(written)
    (draft,) = read_html(f"<body>{numbered.source}</body>", "page")
    check(draft, numbered)


def numbered_words(written: Written) -> Written:
    """Give every word "word" a number of its own, so that a doubled or moved word is seen."""
    counter = itertools.count()
    source = re.sub(r"\bword\b", lambda _: f"word{next(counter)}x", written.source)
    count = itertools.count()
    names = [f"word{next(count)}x" if word == "word" else word for word in written.words]
    return Written(source, names)


CELL = st.builds(lambda parts: " ".join(parts), words())


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=2, max_size=4))
def test_every_cell_of_a_table_is_read_with_the_name_of_its_column(table: list[list[str]]) -> None:
    width = min(map(len, table))
    rows = [row[:width] for row in table]
    head = "".join(f"<th>Name{place}</th>" for place in range(width))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (draft,) = read_html(f"<table><tr>{head}</tr>{body}</table>", "page")
    assert [block.text for block in draft.blocks] == [
        "; ".join(f"Name{place}: {cell}" for place, cell in enumerate(row)) for row in rows
    ]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_a_merged_cell_belongs_to_every_row_that_it_covers(spans: list[int]) -> None:
    rows, expected = [], []
    for number, span in enumerate(spans):
        for line in range(span):
            first = f"<td rowspan={span}>Role {number}</td>" if line == 0 else ""
            rows.append(f"<tr>{first}<td>{number}.{line}</td></tr>")
            expected.append(f"Role: Role {number}; Days: {number}.{line}")
    page = f"<table><tr><th>Role</th><th>Days</th></tr>{''.join(rows)}</table>"
    assert [block.text for block in read_html(page, "page")[0].blocks] == expected


MARKED = st.builds(
    lambda mark, parts: Written(f"{mark}{' '.join(parts)}\n\n", parts),
    st.sampled_from(["", "", "## ", "### ", "> ", "- ", "4. ", '!!! note ""\n    ', "- - "]),
    words(),
)
MARKDOWN = st.lists(MARKED, min_size=1, max_size=8).map(joined)


@given(MARKDOWN)
def test_no_word_of_a_markdown_file_is_lost_or_doubled(written: Written) -> None:
    numbered = numbered_words(written)
    (draft,) = read_markdown(numbered.source, "page")
    check(draft, numbered)


@given(st.lists(st.sampled_from(["1", "2", "10", "25", "m", "£", " ", "days", "x"]), max_size=6))
def test_a_number_in_front_of_a_note_mark_stays_as_it_is(pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())
    page = f"<p>Ask {text}<sup><a href='#n'>7</a></sup> first.</p><p id=n>Or later.</p>"
    assert read_html(page, "page")[0].blocks[0].text == f"Ask {text} first.".replace("  ", " ")
