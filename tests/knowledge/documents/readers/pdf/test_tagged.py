"""PDF files that say themselves what is a heading, a list, a table or a note."""

from knowledge.documents.blocks import Block, Draft
from knowledge.documents.readers.pdf import read_pdf
from tests.knowledge.documents.readers.pdf.making import LEFT, Page, make, tag

Placed = tuple[Page, int]


def read(*pages: Page, kids: tuple[object, ...], **info: str) -> Draft:
    (draft,) = read_pdf(make(*pages, tags=tag("Document", *kids), **info), "keys")
    return draft


def shown(draft: Draft) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.mark, block.text) for block in draft.blocks]


def title(page: Page) -> object:
    return tag("H1", *page.lines(770, "Keys to the building", size=20, bold=True))


def test_headings_have_the_levels_of_their_tags() -> None:
    page = Page()
    kids = (
        title(page),
        tag("H2", page.text(LEFT, 730, "Lost keys")),
        tag("P", page.text(LEFT, 700, "Tell the site manager on the same day.")),
    )
    assert shown(read(page, kids=kids)) == [
        ("heading", 1, "", "Keys to the building"),
        ("heading", 2, "", "Lost keys"),
        ("paragraph", 0, "", "Tell the site manager on the same day."),
    ]


def test_a_paragraph_of_several_lines_is_one_block_with_its_page() -> None:
    page = Page()
    lines = page.lines(700, "Leaders may keep a key for as long as", "they work at the school.")
    draft = read(page, kids=(title(page), tag("P", *lines)))
    assert draft.blocks[1] == Block(
        "paragraph", 0, "Leaders may keep a key for as long as they work at the school.", page=1
    )


def test_items_keep_their_marks_and_stand_inside_each_other() -> None:
    page = Page()

    def item(mark: str, text: str, x: float, y: float) -> object:
        label = tag("Lbl", page.text(x, y, mark))
        return tag("LI", label, tag("LBody", page.text(x + 20, y, text)))

    flat = tag(
        "L",
        item("4.", "Keep a record of:", LEFT, 700),
        item("•", "who has a key", LEFT + 36, 680),
        item("(b)", "who gave one back", LEFT + 36, 660),
        item("5.", "Check the record each term.", LEFT, 640),
    )
    assert shown(read(page, kids=(title(page), flat)))[1:] == [
        ("item", 1, "4.", "Keep a record of:"),
        ("item", 2, "", "who has a key"),
        ("item", 2, "(b)", "who gave one back"),
        ("item", 1, "5.", "Check the record each term."),
    ]


def test_the_mark_of_a_note_never_touches_a_number_and_the_note_follows() -> None:
    page = Page()
    before = page.text(LEFT, 700, "Give the key back within 10")
    mark = page.text(LEFT + 150, 704, "2", size=7)
    after = page.text(LEFT + 158, 700, "days.")
    own_mark = page.text(LEFT, 104, "2", size=6)
    note = page.text(LEFT + 6, 100, "Working days, without Saturdays.", size=9)
    paragraph = tag(
        "P", before, tag("Link", tag("Span", mark), tag("Note", tag("P", own_mark, note))), after
    )
    assert shown(read(page, kids=(title(page), paragraph)))[1:] == [
        ("paragraph", 0, "", "Give the key back within 10 days."),
        ("note", 0, "2", "Working days, without Saturdays."),
    ]


def test_a_raised_number_that_is_no_mark_stays_raised() -> None:
    page = Page()
    kids = (
        page.text(LEFT, 700, "A room of 20 m"),
        page.text(LEFT + 84, 704, "2", size=7),
        page.text(LEFT + 92, 700, "has one key."),
    )
    assert shown(read(page, kids=(title(page), tag("P", *kids))))[1][3] == (
        "A room of 20 m² has one key."
    )


def test_rows_read_alone_and_merged_cells_are_in_every_row_that_they_cover() -> None:
    page = Page()

    def cell(kind: str, x: float, y: float, words: str, **spans: int) -> object:
        return tag(kind, tag("P", page.text(x, y, words)), **spans)

    table = tag(
        "Table",
        tag("Caption", page.text(LEFT, 700, "Keys by role")),
        tag("THead", tag("TR", cell("TH", 57, 680, "Role"), cell("TH", 200, 680, "Keys"),
                         cell("TH", 300, 680, "Until"))),
        tag("TBody",
            tag("TR", cell("TD", 57, 660, "Head", RowSpan=2), cell("TD", 200, 660, "Gate"),
                cell("TD", 300, 660, "July")),
            tag("TR", cell("TD", 200, 640, "Hall"), cell("TD", 300, 640, "June"))),
    )  # fmt: skip
    assert shown(read(page, kids=(title(page), table)))[1:] == [
        ("caption", 0, "", "Keys by role"),
        ("row", 0, "", "Role: Head; Keys: Gate; Until: July"),
        ("row", 0, "", "Role: Head; Keys: Hall; Until: June"),
    ]


def test_a_table_that_goes_on_keeps_the_names_of_its_columns() -> None:
    first, second = Page(), Page()

    def row(page: Page, kind: str, y: float, *words: str) -> object:
        places = (page.text(57 + 150 * n, y, word) for n, word in enumerate(words))
        return tag("TR", *(tag(kind, place) for place in places))

    table = tag(
        "Table",
        tag("THead", row(first, "TH", 680, "Role", "Keys")),
        tag("TBody", row(first, "TD", 660, "Head", "Gate"), row(second, "TD", 770, "Cook", "Hall")),
    )
    draft = read(first, second, kids=(title(first), table))
    assert [(block.text, block.page) for block in draft.blocks[1:]] == [
        ("Role: Head; Keys: Gate", 1),
        ("Role: Cook; Keys: Hall", 2),
    ]


def test_a_box_around_text_is_no_table() -> None:
    page = Page()
    box = tag(
        "Table", tag("TR", tag("TD", tag("P", page.text(LEFT, 700, "Ring before you come."))))
    )
    assert shown(read(page, kids=(title(page), box)))[1:] == [
        ("paragraph", 0, "", "Ring before you come.")
    ]


def test_a_paragraph_goes_on_over_the_page_with_the_page_where_it_begins() -> None:
    first, second = Page(), Page()
    start = first.text(LEFT, 100, "The site manager keeps a list of all keys and of the people who")
    end = second.text(LEFT, 770, "Have Borrowed One.")
    draft = read(first, second, kids=(title(first), tag("P", start, end)))
    assert draft.blocks[1].text.endswith("all keys and of the people who Have Borrowed One.")
    assert draft.blocks[1].page == 1


def test_the_rest_of_an_item_that_its_file_tagged_as_a_mark_goes_back_to_it() -> None:
    first, second = Page(), Page()
    label, text = first.text(LEFT, 100, "17."), first.text(LEFT + 25, 100, "Staff may not")
    rest, end = second.text(LEFT, 770, "keep a key"), second.text(LEFT + 66, 770, ". Ask first.")
    kids = (
        title(first),
        tag("L", tag("LI", tag("Lbl", label), tag("LBody", text))),
        tag("L", tag("LI", tag("Lbl", rest), tag("LBody", end))),
    )
    assert shown(read(first, second, kids=kids))[1:] == [
        ("item", 1, "17.", "Staff may not keep a key. Ask first.")
    ]


def test_what_has_no_tag_is_left_out_and_listed() -> None:
    page = Page()
    page.text(280, 40, "Crown of Keys Trust", tagged=False)
    text = tag("P", page.text(LEFT, 700, "Ask for a key at the office."))
    draft = read(page, kids=(title(page), text))
    assert "Trust" not in " ".join(block.text for block in draft.blocks)
    assert [(left.kind, left.text, left.page) for left in draft.left_out] == [
        ("running header", "Crown of Keys Trust", 1)
    ]


def test_a_picture_is_its_alternative_text_and_one_without_is_listed() -> None:
    page = Page()
    chart = tag("Figure", alternative="First ask the office, then wait for the site manager.")
    kids = (title(page), chart, tag("Figure", alternative="Our logo"), tag("Figure"))
    text = page.text(LEFT, 700, "Ask for a key.")
    # A page's tree only holds what has a place on the page.
    marks = [page.text(LEFT, 600 - 20 * n, " ") for n in range(3)]
    for figure, mark in zip(kids[1:], marks, strict=True):
        figure.kids = (mark,)  # type: ignore[attr-defined]
    draft = read(page, kids=(*kids, tag("P", text)))
    assert shown(draft)[1][3] == "First ask the office, then wait for the site manager."
    assert [left.text for left in draft.left_out if left.kind == "picture"] == [
        "Our logo",
        "a picture without a description",
    ]


def test_a_table_of_contents_is_left_out() -> None:
    page = Page()
    contents = tag("TOC", tag("TOCI", page.text(LEFT, 740, "Lost keys 7")))
    text = tag("P", page.text(LEFT, 700, "Ask for a key at the office."))
    draft = read(page, kids=(title(page), contents, text))
    assert [(left.kind, left.text) for left in draft.left_out] == [("menu", "Lost keys 7")]


def test_tags_without_any_heading_are_not_followed() -> None:
    pages = [Page() for _ in range(3)]
    kids = []
    for number, page in enumerate(pages, 1):
        lines = [page.text(LEFT, 770, f"Rule number {number}", size=16, bold=True)]
        lines += page.lines(
            740, f"Everybody with key {number * 7} writes in", f"list {number} who."
        )
        kids.append(tag("P", *lines))
    draft = read(*pages, kids=tuple(kids))
    assert [block.text for block in draft.blocks if block.kind == "heading"] == [
        "Rule number 1", "Rule number 2", "Rule number 3",
    ]  # fmt: skip
