"""The words of a page: struck and hidden ones, note marks, exponents, addresses."""

import pytest

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers import read_html
from knowledge.errors import ReaderError


def one(content: str) -> Draft:
    (draft,) = read_html(content, "page")
    return draft


def texts(content: str) -> list[str]:
    return [block.text for block in one(content).blocks]


@pytest.mark.parametrize("mark", ["del", "s", "strike", "b style='text-decoration:line-through'"])
def test_struck_words_go_and_inserted_words_stay(mark: str) -> None:
    page = f"<p>Ask <{mark}>12 weeks</{mark.split()[0]}> <ins>six weeks</ins> before.</p>"
    assert texts(page) == ["Ask six weeks before."]
    assert LeftOut("struck", "12 weeks") in one(page).left_out


def test_words_that_a_style_sheet_strikes_or_hides_go() -> None:
    page = (
        "<style>.c1{text-decoration:line-through} p.c2 {display: none}</style>"
        "<p>Ask <span class=c1>late</span> early.</p><p class=c2>A draft.</p>"
    )
    assert texts(page) == ["Ask early."]
    assert [each.kind for each in one(page).left_out] == ["struck", "hidden"]


def test_a_rule_for_paper_hides_nothing() -> None:
    page = "<style>@media print {.c1 {display: none}}</style><p class=c1>Ask early.</p>"
    assert texts(page) == ["Ask early."]


def test_no_space_stays_in_front_of_a_full_stop_where_words_were_struck() -> None:
    assert texts("<p>Write to us <del>by post</del>.</p>") == ["Write to us."]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("10<sup><a href='#n1'>2</a></sup> school days", "10 school days"),
        ("£40<sup>1</sup> a year", "£40 a year"),
        ("the fee<sup>3</sup> is due", "the fee is due"),
        ("a fee<sup>*</sup> is due", "a fee is due"),
        ("15<a href='#n1'><sup>[1]</sup></a> days", "15 days"),
        ("a hall of 90 m<sup>2</sup>", "a hall of 90 m²"),
        ("10<sup>3</sup> pupils", "10³ pupils"),
        ("2 × 10<sup>6</sup> pounds", "2 × 10⁶ pounds"),
        ("on the 21<sup>st</sup> of May", "on the 21st of May"),
        ("2<sup>1</sup>/<sub>2</sub> days", "2 1/2 days"),
        ("½ day and 5²", "½ day and 5²"),
        ("CO<sub>2</sub> meters", "CO2 meters"),
        ("90 metres<sup>2</sup> of hall", "90 metres² of hall"),
        ("25 kg/m<sup>3</sup>", "25 kg/m³"),
        ("x<sup>2</sup> and y<sup>2</sup>", "x² and y²"),
        ("2<sup>-3</sup> of it", "2⁻³ of it"),
        ("since 2023<sup>4</sup> we", "since 2023 we"),
        ("within 5<sup>1</sup> days", "within 5 days"),
        ("28<sup>2, 3</sup> days", "28 days"),
        ("28 days<sup>2–4</sup> on", "28 days on"),
        ("option a<sup>2</sup> or b", "option a or b"),
        ("at 30<sup>o</sup>C", "at 30°C"),
        ("the Key<sup>TM</sup> scheme", "the Key™ scheme"),
    ],
)
def test_raised_figures_are_read_as_what_they_are(source: str, shown: str) -> None:
    assert texts(f"<p>Say {source}.</p>") == [f"Say {shown}."]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("within 10<sup>2</sup> school days", "within 10 school days"),
        ("in Year 7<sup>2</sup> classes", "in Year 7 classes"),
        ("a hall of 90 m<sup>2</sup>", "a hall of 90 m²"),
        ("10<sup>3</sup> of them, a number that no note has", "10³ of them"),
        ("2 × 10<sup>2</sup> pounds", "2 × 10² pounds"),
        ("the 2<sup>nd</sup> of May", "the 2nd of May"),
    ],
)
def test_on_a_page_with_notes_raised_figures_are_marks_where_they_can_be(
    source: str, shown: str
) -> None:
    page = f"<p>Heads<sup>1</sup> decide.</p><p>Say {source}.</p>"
    assert texts(page)[1].startswith(f"Say {shown}")


def test_two_marks_in_one_bring_both_notes() -> None:
    page = (
        "<h2>Pay</h2><p>Ask within 28<sup>1, 2</sup> days.</p><h2>Leave</h2><p>Ask.</p>"
        "<ol><li id=fn1>School days.</li><li id=fn2>In Wales too.</li></ol>"
    )
    assert texts(page)[:4] == ["Pay", "Ask within 28 days.", "School days.", "In Wales too."]


def test_a_note_stands_at_the_end_of_the_section_that_refers_to_it() -> None:
    page = (
        "<h2>Pay</h2><p>Ask within 10<sup><a href='#n1'>1</a></sup> days.</p><p>Then wait.</p>"
        "<h2>Leave</h2><p>Ask early.</p><h2>Notes</h2>"
        "<ol><li id=n1>School days. <a href='#r'>↩</a></li></ol>"
    )
    assert one(page).blocks == (
        Block("heading", 2, "Pay"),
        Block("paragraph", 0, "Ask within 10 days."),
        Block("paragraph", 0, "Then wait."),
        Block("note", 0, "School days."),
        Block("heading", 2, "Leave"),
        Block("paragraph", 0, "Ask early."),
    )


def test_a_link_from_a_number_to_a_section_is_no_note() -> None:
    page = "<p>See paragraph <a href='#p4'>4</a> first.</p><h2 id=p4>Pay</h2><p>Ask.</p>"
    assert texts(page)[0] == "See paragraph 4 first."


def test_an_address_that_is_hidden_from_robots_is_read() -> None:
    code = bytes([7, *(ord(letter) ^ 7 for letter in "hr@school.example")]).hex()
    page = f"<p>Write to <a data-cfemail='{code}'>[email&#160;protected]</a>.</p>"
    assert texts(page) == ["Write to hr@school.example."]


def test_white_space_that_does_not_break_soft_hyphens_and_ligatures_are_plain() -> None:
    assert texts("<p>Ask&nbsp;the of&shy;ﬁce.</p>") == ["Ask the office."]


def test_words_for_screen_readers_only_are_left_out_for_those_that_are_shown() -> None:
    page = (
        "<p><span aria-hidden=true>£25</span><span class='govuk-visually-hidden'>25 pounds</span>"
        " a year</p>"
    )
    assert texts(page) == ["£25 a year"]


def test_a_page_without_end_inside_itself_is_refused() -> None:
    with pytest.raises(ReaderError, match="too deeply"):
        read_html("<div>" * 5000 + "x" + "</div>" * 5000, "page")


@pytest.mark.parametrize("after", ["<p>Or wait.</p>", "<html><body><p>Or wait.</p></body></html>"])
def test_what_stands_after_the_end_of_a_page_is_read(after: str) -> None:
    page = f"<html><body><p>Ask early.</p></body></html>\n{after}"
    assert texts(page) == ["Ask early.", "Or wait."]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>4</mn></mfrac>", "2 1/4"),
        ("<msup><mi>m</mi><mn>2</mn></msup>", "m²"),
        ("<msup><mi>x</mi><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow></msup>", "x^(a+1)"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>3</mn></mfrac>", "(a+b)/3"),
        ("<msqrt><mn>16</mn></msqrt>", "√16"),
        ("<mn>5</mn><annotation encoding=x>\\five</annotation>", "5"),
    ],
)
def test_a_formula_says_in_a_line_what_it_shows(formula: str, shown: str) -> None:
    assert texts(f"<p>It is <math>{formula}</math> of pay.</p>") == [f"It is {shown} of pay."]


def test_a_picture_parts_the_words_beside_it() -> None:
    page = "<p>Ring 10<img src=a.png>20 or 30<img src=b.png>.</p>"
    assert texts(page) == ["Ring 10 20 or 30."]


def test_words_that_are_drawn_are_listed_as_left_out() -> None:
    page = "<p>Ask.</p><svg><title>Logo</title><text>Ring <tspan>999</tspan></text></svg>"
    assert [(each.kind, each.text) for each in one(page).left_out] == [("picture", "Ring 999")]
