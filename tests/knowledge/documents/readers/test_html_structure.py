"""Lists, tables, definitions, quotes and notes of a page."""

from knowledge.documents.blocks import Block
from knowledge.documents.passages import split
from knowledge.documents.readers import read_html

LONG = "Ask the board of governors before you take the time."


def blocks(content: str) -> list[Block]:
    (draft,) = read_html(content, "page")
    return list(draft.blocks)


def marks(content: str) -> list[tuple[str, str]]:
    return [(block.mark, block.text) for block in blocks(content)]


def rows(content: str) -> list[str]:
    return [block.text for block in blocks(content) if block.kind == "row"]


def test_a_list_keeps_the_marks_that_a_visitor_sees() -> None:
    assert marks("<ol type=a start=3><li>x</li><li value=9>y</li></ol>") == [
        ("c.", "x"),
        ("i.", "y"),
    ]
    assert marks("<ol reversed><li>x</li><li>y</li></ol>") == [("2.", "x"), ("1.", "y")]
    assert marks("<ol type=I start=4><li>x</li></ol>") == [("IV.", "x")]
    assert marks("<ol style='list-style: none'><li>x</li></ol>") == [("", "x")]


def test_what_follows_a_list_inside_an_item_stays_after_it() -> None:
    page = "<ul><li>Write, with:<ul><li>dates</li></ul>and keep a copy.</li><li>Wait.</li></ul>"
    assert [(block.level, block.text) for block in blocks(page)] == [
        (1, "Write, with:"),
        (2, "dates"),
        (1, "and keep a copy."),
        (1, "Wait."),
    ]


def test_a_list_right_inside_a_list_is_one_deeper() -> None:
    page = "<ul><li>a</li><ul><li>b</li></ul></ul>"
    assert [block.level for block in blocks(page)] == [1, 2]


def test_every_term_is_read_with_every_meaning() -> None:
    page = (
        "<dl><dt>Head</dt><dt>Principal</dt><dd>Leads the school.</dd><dd>Is paid.</dd>"
        "<div><dt>Clerk</dt><dd>Writes:<ul><li>minutes</li></ul></dd></div></dl>"
    )
    assert [block.text for block in blocks(page)] == [
        "Head, Principal: Leads the school. Is paid.",
        "Clerk: Writes:",
        "minutes",
    ]


def test_several_header_rows_are_joined() -> None:
    page = (
        "<table><thead><tr><th rowspan=2>Years</th><th colspan=2>Full pay</th></tr>"
        "<tr><th>Heads</th><th>Others</th></tr></thead>"
        "<tr><td>1</td><td>5 weeks</td><td>4 weeks</td></tr>"
        "<tr><td>2</td><td colspan=2>9 weeks</td></tr></table>"
    )
    assert rows(page) == [
        "Years: 1; Full pay, Heads: 5 weeks; Full pay, Others: 4 weeks",
        "Years: 2; Full pay, Heads: 9 weeks; Full pay, Others: 9 weeks",
    ]


def test_a_row_that_names_the_rows_below_it_leads_each_of_them() -> None:
    page = (
        "<table><tr><th>Role</th><th>Days</th></tr><tr><th colspan=2>Part-time</th></tr>"
        "<tr><td>Head</td><td>5</td></tr><tr><td colspan=2>Counted in May.</td></tr></table>"
    )
    assert rows(page) == ["Part-time; Role: Head; Days: 5", "Counted in May."]


def test_a_table_with_names_at_the_side_only_is_read_by_them() -> None:
    page = "<table><tr><th>Notice</th><td>3 months</td></tr><tr><th>Pay</th><td>full</td></table>"
    assert rows(page) == ["Notice: 3 months", "Pay: full"]


def test_names_at_the_top_and_at_the_side_are_both_read() -> None:
    page = "<table><tr><td></td><th>Heads</th></tr><tr><th scope=row>Year 1</th><td>5</td></table>"
    assert rows(page) == ["Year 1; Heads: 5"]


def test_a_first_row_in_bold_names_the_columns() -> None:
    names = "<tr><td><b>Role</b></td><td><b>Days</b></td></tr>"
    page = f"<table>{names}<tr><td>Head</td><td>5</td></tr></table>"
    assert rows(page) == ["Role: Head; Days: 5"]


def test_a_caption_stands_before_its_rows_wherever_the_page_has_it() -> None:
    table = "<table><tr><th>Years</th><th>Days</th></tr><tr><td>1</td><td>5</td></tr></table>"
    for page in (
        table.replace("<table>", "<table><caption>Small schools.</caption>"),
        f"<figure>{table}<figcaption>Small schools.</figcaption></figure>",
        table.replace("<table>", "<table><tr><th colspan=2>Small schools</th></tr>"),
    ):
        assert [(block.kind, block.text) for block in blocks(page)] == [
            ("caption", "Small schools"),
            ("row", "Years: 1; Days: 5"),
        ]


def test_a_table_inside_a_cell_stays_in_its_cell() -> None:
    inner = "<table><tr><td>by post</td><td>or mail</td></tr></table>"
    page = f"<table><tr><th>Step</th><th>How</th></tr><tr><td>Ask</td><td>{inner}</td></tr></table>"
    assert rows(page) == ["Step: Ask; How: by post; or mail"]


def test_a_table_that_only_places_text_is_read_as_text() -> None:
    page = "<table><tr><td><h2>Pay</h2><p>Ask early.</p></td><td><p>Then wait.</p></table>"
    assert [block.kind for block in blocks(page)] == ["heading", "paragraph", "paragraph"]


def test_a_table_as_wide_as_a_lie_is_cut() -> None:
    page = (
        "<table><tr><td colspan=9999>x</td><td>y</td></tr><tr><td rowspan=9999>z</td></tr></table>"
    )
    assert rows(page)


def test_quotes_and_boxes_are_told_from_paragraphs() -> None:
    page = (
        "<blockquote><p>Ask us.</p></blockquote><div role=note><p>Or wait.</p></div>"
        "<div class='govuk-inset-text'>Not both.</div>"
    )
    assert [block.kind for block in blocks(page)] == ["quote", "note", "note"]


def test_the_title_of_a_box_heads_nothing_after_the_box() -> None:
    page = "<h2>Pay</h2><aside><h3>Tip</h3><p>Keep a copy.</p></aside><p>Ask early.</p>"
    assert [(block.kind, block.text) for block in blocks(page)] == [
        ("heading", "Pay"),
        ("note", "Tip"),
        ("note", "Keep a copy."),
        ("paragraph", "Ask early."),
    ]


def test_a_bold_line_that_heads_nothing_is_text() -> None:
    page = "<h2>Pay</h2><p>Ask early.</p><p><b>Ring us before you sign</b></p>"
    assert blocks(page)[-1] == Block("paragraph", 0, "Ring us before you sign")


def word(style: str, mark: str, text: str) -> str:
    space = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    return f"<p class=MsoListParagraph style='{style}'><span>{mark}{space}</span>{text}</p>"


def test_the_paragraphs_in_which_word_writes_lists_are_lists() -> None:
    page = (
        word("text-indent:-18pt", "1.", "2 letters")
        + word("margin-left:72pt;text-indent:-18pt", "o", "signed")
        + word("text-indent:-18pt", "2.", "the dates")
    )
    assert blocks(page) == [
        Block("item", 1, "2 letters", "1."),
        Block("item", 2, "signed"),
        Block("item", 1, "the dates", "2."),
    ]


def test_the_depth_of_a_list_of_word_may_be_said() -> None:
    page = word("mso-list:l0 level1 lfo1", "·", "a") + word("mso-list:l0 level2 lfo1", "o", "b")
    assert [block.level for block in blocks(page)] == [1, 2]


def test_google_docs_lists_nest_by_the_name_of_their_list() -> None:
    page = (
        '<style>.lst-kix_a-1>li:before{content:"(" counter(lst-ctn-kix_a-1,lower-latin) ") "}'
        "</style><body class='doc-content'><ul class='lst-kix_a-0 start'><li>x</li></ul>"
        "<ol class='lst-kix_a-1 start' start=2><li>y</li></ol></body>"
    )
    assert blocks(page) == [Block("item", 1, "x"), Block("item", 2, "y", "(b)")]


def test_a_heading_with_nothing_below_it_is_listed_as_left_out() -> None:
    (draft,) = read_html("<h1>Leave</h1><h2>Pay</h2><h2>Notice</h2><p>Ask early.</p>", "page")
    assert [block.text for block in draft.blocks] == ["Leave", "Notice", "Ask early."]
    assert [(each.kind, each.text) for each in draft.left_out] == [("empty heading", "Pay")]


def test_a_heading_that_has_only_headings_below_it_stays_in_the_trail() -> None:
    page = f"<h1>L</h1><h2>Pay</h2><h3>Sick</h3><p>{LONG}</p><h3>Jury</h3><p>{LONG}</p>"
    (draft,) = read_html(page, "page")
    assert [piece.headings for piece in split(draft.blocks, "L")] == [
        ("Pay", "Sick"),
        ("Pay", "Jury"),
    ]


def test_a_heading_that_states_a_fact_is_text_of_its_own() -> None:
    page = f"<h1>L</h1><h2>Pay</h2><p>{LONG}</p><h2>Call us on 0300 555 0100</h2>"
    (draft,) = read_html(page, "p")
    assert [(piece.headings, piece.text) for piece in split(draft.blocks, "L")] == [
        (("Pay",), LONG),
        ((), "Call us on 0300 555 0100"),
    ]
    assert not draft.left_out
