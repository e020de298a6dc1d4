"""What the tools that publish Markdown add to it."""

import pytest

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers import read_markdown


def one(content: str) -> Draft:
    (draft,) = read_markdown(content, "page")
    return draft


def texts(content: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in one(content).blocks]


@pytest.mark.parametrize(
    "source",
    [
        '!!! tip "In Wales"\n\n    Ask in writing.\n',
        '??? tip "In Wales"\n    Ask in writing.\n',
        ":::tip In Wales\nAsk in writing.\n:::\n",
        ":::tip[In Wales]\nAsk in writing.\n:::\n",
        "::: tip In Wales\nAsk in writing.\n:::\n",
        "> [!TIP] In Wales\n> Ask in writing.\n",
    ],
)
def test_a_callout_keeps_its_title_and_its_text(source: str) -> None:
    assert texts(source) == [("note", "In Wales"), ("note", "Ask in writing.")]


@pytest.mark.parametrize("source", ["!!! warning\n    Stop.\n", "> [!WARNING]\n> Stop.\n"])
def test_a_callout_without_a_title_is_headed_by_its_kind_as_on_the_page(source: str) -> None:
    assert texts(source) == [("note", "Warning"), ("note", "Stop.")]


@pytest.mark.parametrize(
    "source",
    [
        '=== "Wales"\n\n    Ten days.\n\nFive days.\n',
        '{% tab title="Wales" %}\nTen days.\n{% endtab %}\n\nFive days.\n',
        '{{% tab "Wales" %}}\nTen days.\n{{% /tab %}}\n\nFive days.\n',
        "<details><summary>Wales</summary>\n\nTen days.\n\n</details>\n\nFive days.\n",
    ],
)
def test_a_tab_is_read_under_its_label_and_what_follows_is_outside(source: str) -> None:
    assert texts(source) == [
        ("heading", "Wales"),
        ("paragraph", "Ten days."),
        ("heading", ""),
        ("paragraph", "Five days."),
    ]


def test_struck_text_goes() -> None:
    assert texts("Ask ~~12~~ six weeks before.\n") == [("paragraph", "Ask six weeks before.")]


def test_a_footnote_stands_at_the_end_of_the_section_that_refers_to_it() -> None:
    source = "## Pay\n\nWithin 10[^1] days.\n\n## Leave\n\nAsk.\n\n[^1]: School days.\n"
    assert texts(source)[1:3] == [("paragraph", "Within 10 days."), ("note", "School days.")]


def test_a_term_and_its_meaning_are_one_block() -> None:
    assert texts("Clerk\n: Keeps the minutes.\n") == [("definition", "Clerk: Keeps the minutes.")]


def test_template_marks_alone_go_and_the_text_between_them_stays() -> None:
    draft = one("{% if wales %}\nAsk early.\n{% endif %}\n\n{% include contact.html %}\n")
    assert [block.text for block in draft.blocks] == ["Ask early."]
    assert LeftOut("field", "{% include contact.html %}") in draft.left_out


def test_a_sentence_with_a_hole_is_left_out_whole() -> None:
    draft = one("Ask early. The fee is {{ fee }} a year. Pay in May.\n")
    assert draft.blocks == (Block("paragraph", 0, "Ask early. Pay in May."),)
    assert LeftOut("field", "The fee is … a year.") in draft.left_out


def test_template_marks_in_code_are_words() -> None:
    assert texts("Write `{{ name }}` first.\n") == [("paragraph", "Write {{ name }} first.")]


def test_remarks_in_the_source_are_listed() -> None:
    draft = one("Ask early.\n\n<!-- check in May -->\n")
    assert draft.left_out == (LeftOut("comment", "check in May"),)


GOVSPEAK = """# Injuries

$!
Report a broken arm within ten days.
$!

^Keep the book for three years.^

%You may be fined.%

s1. Write it down.
s2. Ring us.

HSE will ask. HSE may visit.

*[HSE]: Health and Safety Executive

{::highlight-answer}
The limit is ten days.
{:/highlight-answer}

$A
Safety Team
Leeds
$A
"""


def test_govspeak_marks_go_and_their_text_stays() -> None:
    assert texts(GOVSPEAK)[1:] == [
        ("note", "Report a broken arm within ten days."),
        ("note", "Keep the book for three years."),
        ("note", "You may be fined."),
        ("item", "Write it down."),
        ("item", "Ring us."),
        ("paragraph", "HSE (Health and Safety Executive) will ask. HSE may visit."),
        ("paragraph", "The limit is ten days."),
        ("paragraph", "Safety Team"),
        ("paragraph", "Leeds"),
    ]
    assert [block.mark for block in one(GOVSPEAK).blocks if block.kind == "item"] == ["1.", "2."]


def test_identifiers_of_headings_are_no_words() -> None:
    assert texts("## Pay {#pay .no-toc}\n\nAsk.\n")[0] == ("heading", "Pay")
