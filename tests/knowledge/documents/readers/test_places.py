"""Where a block stands in a source without pages: its line, or its paragraph in Word."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.blocks import Block, Draft, LeftOut, Place
from knowledge.documents.readers import read_html, read_markdown, read_text
from knowledge.documents.readers.apart.messages import drafts_from_json, drafts_to_json
from knowledge.documents.readers.html.places import MARK
from knowledge.documents.readers.markdown.numbers import line_numbers
from tests.knowledge.documents.readers import word_files
from tests.knowledge.documents.readers.test_properties import (
    HTML,
    MARKDOWN,
    Written,
    numbered_words,
)


def places(draft: Draft) -> dict[str, str]:
    parts: list[Block | LeftOut] = [*draft.blocks, *draft.left_out]
    return {part.text: str(part.place) for part in parts}


def test_a_part_of_a_page_stands_on_the_line_of_its_tag() -> None:
    page = (
        "<nav>Home</nav>\n<main><h1>Leave</h1>\n\n<p>Ask\nearly.</p>\n<ul>\n<li>One</li>\n"
        "<li>Two</li></ul>\n<table><tr><th>Role<th>Days\n<tr><td>Head<td>5</table>\n"
        "<p>Or <del>never</del> wait.</p></main>"
    )
    assert places(read_html(page, "page")[0]) == {
        "Leave": "line 2",
        "Ask early.": "line 4",
        "One": "line 7",
        "Two": "line 8",
        "Role: Head; Days: 5": "line 10",
        "Or wait.": "line 11",
        "Home": "line 1",
        "never": "line 11",
    }


def test_a_page_cannot_say_on_which_line_it_stands() -> None:
    assert places(read_html(f"\n<p {MARK}=120>Ask early.</p>", "page")[0]) == {
        "Ask early.": "line 2"
    }


def test_below_the_end_of_a_page_no_line_is_made_up() -> None:
    page = "<html><body><p>Ask early.</p></body></html>\n<html>\n<p>Or wait for it.</p>"
    assert places(read_html(page, "page")[0]) == {
        "Ask early.": "line 1",
        "Or wait for it.": "None",
    }


def test_a_part_of_a_markdown_file_stands_on_the_line_of_the_file() -> None:
    source = (
        "---\ntitle: Leave\nlayout: wide\n---\n# Leave\n\n{% include top.html %}\n\nAsk early.\n\n"
        "- One\n- Two\n\n$CTA\nCall us.\n$CTA\n\n| Role | Days |\n|---|---|\n| Head | 5 |\n\n"
        '=== "Wales"\n\n    Ask late.\n\n{{< note >}}\nOr wait.\n{{< /note >}}\n\nThe end.\n'
    )
    found = places(read_markdown(source, "leave")[0])
    assert {
        text: found[text] for text in found if text and ":" not in text and "{" not in text
    } == {
        "Leave": "line 5",
        "Ask early.": "line 9",
        "One": "line 11",
        "Two": "line 12",
        "Call us.": "line 15",
        "Wales": "line 22",
        "Ask late.": "line 24",
        "Or wait.": "line 27",
        "The end.": "line 30",
    }
    assert found["Role: Head; Days: 5"] == "line 20"


def test_a_line_that_was_changed_stands_for_the_next_with_words() -> None:
    source = "One\n\n{{ a\nb }}\nTwo {{ c }}\nThree"
    assert line_numbers("One\n\n\nTwo \nThree", source) == [1, 3, 3, 3, 6]


def test_a_part_of_a_pasted_text_stands_on_its_first_line() -> None:
    text = (
        "Leave for heads\n\nAsk the board of governors before you take the time, and do it as\n"
        "soon as you know when you need it, so that others can plan.\n\n• One\n• Two\n\n"
        "Role\tDays\nHead\t5\nDeputy\t4\n"
    )
    found = places(read_text(text, "leave")[0])
    assert found["Leave for heads"] == "line 1"
    assert {place for words, place in found.items() if words.startswith("Ask")} == {"line 3"}
    assert (found["One"], found["Two"]) == ("line 6", "line 7")
    assert found["Role: Deputy; Days: 4"] == "line 11"


def test_a_part_of_a_word_file_stands_in_its_paragraph() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>Never.</w:delText></w:r></w:del>'
    draft = word_files.read(
        word_files.paragraph("Leave", "Heading1"),
        word_files.paragraph(""),
        word_files.paragraph("Ask early."),
        word_files.item("One"),
        word_files.paragraph(gone + word_files.run("Or wait.")),
        f"<w:tbl>{word_files.row('One day', 'Two days')}{word_files.row('1', '2')}</w:tbl>",
        numbering=word_files.lists(word_files.level(0, "decimal", "%1.")),
    )
    assert places(draft) == {
        "Leave": "paragraph 1",
        "Ask early.": "paragraph 2",
        "One": "paragraph 3",
        "Or wait.": "paragraph 4",
        "One day; Two days": "paragraph 5",
        "1; 2": "paragraph 7",
        "Never.": "paragraph 4",
    }


def test_places_come_through_the_process_that_reads() -> None:
    draft = Draft("x", {}, (Block("paragraph", 0, "Ask.", place=Place("line", 7)),))
    (same,) = drafts_from_json(drafts_to_json((draft,)))
    assert same.blocks[0].place == Place("line", 7)


def on_lines_of_their_own(written: Written) -> tuple[list[str], dict[str, int]]:
    """Put each word on a line of its own; give the lines, and the line of each word."""
    lines = written.source.replace(" word", "\nword").replace(">", ">\n").split("\n")
    return lines, {
        word: number
        for number, line in enumerate(lines, 1)
        for word in written.words
        if word.startswith("word") and word in line
    }


@given(HTML)
def test_no_part_of_a_page_stands_below_its_first_word(written: Written) -> None:
    lines, line_of = on_lines_of_their_own(numbered_words(written))
    (draft,) = read_html("\n".join(["<body>", *lines, "</body>"]), "page")
    last = 0
    for block in draft.blocks:
        if not block.text:
            continue
        assert block.place is not None
        assert last <= block.place.number <= line_of[first_word(block.text)] + 1
        last = block.place.number


@given(MARKDOWN)
def test_every_part_of_a_markdown_file_stands_on_the_line_of_its_first_word(
    written: Written,
) -> None:
    numbered = numbered_words(written)
    lines = numbered.source.split("\n")
    (draft,) = read_markdown(numbered.source, "page")
    for block in draft.blocks:
        if block.text:
            assert block.place is not None
            assert first_word(block.text) in lines[block.place.number - 1].split()


@given(st.lists(st.lists(st.sampled_from(["word"]), min_size=1, max_size=9), min_size=1))
def test_every_part_of_a_text_stands_on_the_line_of_its_first_word(
    paragraphs: list[list[str]],
) -> None:
    source = "\n\n".join(" ".join(["Ask", *words, "now."]) for words in paragraphs)
    words = source.split()
    numbered = numbered_words(Written(source, words)).source
    lines = numbered.split("\n")
    (draft,) = read_text(numbered, "page")
    for block in draft.blocks:
        assert block.place is not None
        assert lines[block.place.number - 1] == block.text


def first_word(text: str) -> str:
    return next(word for word in text.replace(":", " ").split() if word.startswith("word"))
