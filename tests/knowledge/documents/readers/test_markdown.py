import pytest

from knowledge.documents.document import parse_metadata
from knowledge.documents.readers import Block, Draft, read_markdown
from knowledge.errors import DocumentError, ReaderError


def one(content: str, name: str = "leave-for-heads") -> Draft:
    (draft,) = read_markdown(content, name)
    return draft


def test_front_matter_becomes_metadata_that_can_be_checked() -> None:
    draft = one(
        "---\ntitle: Leave\nsource:\n  title: The Act\n  date: 2019-10-31\n"
        "published: 2026-01-05\ntopics: [employment]\n---\n# Leave\nAsk early.\n"
    )
    document = parse_metadata(draft.metadata, draft.id, "leave.md")
    assert document.published is not None
    assert (document.id, document.published.isoformat()) == ("leave-for-heads", "2026-01-05")
    assert document.source is not None
    assert document.source.date == "2019-10-31"


def test_a_misspelt_field_is_refused_and_not_lost() -> None:
    draft = one("---\ntitle: Leave\nowner: Team\nreveiwed: 2026-01-05\n---\nAsk early.\n")
    with pytest.raises(DocumentError, match="reveiwed"):
        parse_metadata(draft.metadata, draft.id, "leave.md")


def test_the_front_matter_of_another_site_gives_its_title_and_date() -> None:
    draft = one("---\ntitle: Leave\ndate_posted: 24/04/2025\nlayout: wide\n---\nAsk early.\n")
    assert draft.metadata == {"title": "Leave", "published": "2025-04-24"}
    assert "layout: wide" in [each.text for each in draft.left_out]


@pytest.mark.parametrize(("stated", "language"), [("cy", "cy"), ("en-GB", "en"), ("CY", "cy")])
def test_front_matter_may_state_the_language_alone(stated: str, language: str) -> None:
    draft = one(f"---\ntitle: Leave\nlanguage: {stated}\nlayout: wide\n---\nAsk early.\n")
    assert draft.metadata == {"title": "Leave", "language": language}
    assert [each.text for each in draft.left_out] == ["layout: wide"]


def test_a_language_that_we_do_not_have_is_listed_as_left_out() -> None:
    draft = one("---\ntitle: Leave\nlanguage: fr\n---\nAsk early.\n")
    assert draft.metadata == {"title": "Leave"}
    assert [each.text for each in draft.left_out] == ["language: fr"]


def test_front_matter_in_toml_is_no_text() -> None:
    draft = one("+++\ntitle = 'Leave'\ndate = 2025-04-24\nweight = 3\n+++\nAsk early.\n")
    assert draft.metadata == {"title": "Leave", "published": "2025-04-24"}
    assert [block.text for block in draft.blocks] == ["Ask early."]
    assert [each.text for each in draft.left_out] == ["date: 2025-04-24", "weight: 3"]


def test_front_matter_that_is_not_toml_names_the_line() -> None:
    with pytest.raises(ReaderError, match=r"not valid TOML .*line 3"):
        one("+++\ntitle = 'Leave'\nowner = a b\n+++\nText.\n")


def test_front_matter_that_is_not_yaml_names_the_line() -> None:
    with pytest.raises(ReaderError, match="line 3"):
        one("---\ntitle: Leave\nowner: a: b\n---\nText.\n")


def test_the_title_comes_from_the_first_heading() -> None:
    assert one("# Leave for heads\nAsk early.\n").metadata == {"title": "Leave for heads"}


def test_a_file_without_a_heading_has_no_title() -> None:
    assert one("Ask early.\n").metadata == {}


def test_headings_paragraphs_quotes_and_lists_become_blocks() -> None:
    draft = one(
        "## Pay\nWe *pay* [in full](http://a.example).\n\n> A quote.\n\n- one\n  - two\n- three\n"
    )
    assert draft.blocks == (
        Block("heading", 2, "Pay"),
        Block("paragraph", 0, "We pay in full."),
        Block("quote", 0, "A quote."),
        Block("item", 1, "one"),
        Block("item", 2, "two"),
        Block("item", 1, "three"),
    )


def test_numbered_items_keep_their_numbers() -> None:
    assert one("3. Write\n4. Wait\n").blocks == (
        Block("item", 1, "Write", "3."),
        Block("item", 1, "Wait", "4."),
    )


def test_an_item_of_two_paragraphs_is_one_item() -> None:
    assert [block.text for block in one("- Write.\n\n  Keep a copy.\n").blocks] == [
        "Write. Keep a copy."
    ]


def test_a_table_is_read_row_by_row() -> None:
    draft = one("| Years | Weeks |\n|---|---|\n| 1 | 4 |\n| 2 | 8 |\n")
    assert [block.text for block in draft.blocks] == ["Years: 1; Weeks: 4", "Years: 2; Weeks: 8"]


def test_a_bold_line_stands_in_for_a_heading() -> None:
    assert one("**When to ask**\n\nAsk early.\n").blocks[0] == Block("heading", 6, "When to ask")


def test_code_and_pictures_are_left_out_and_reported() -> None:
    draft = one("Text stays.\n\n```\nx = 1\n```\n\n![A chart](c.png)\n")
    assert [block.text for block in draft.blocks] == ["Text stays."]
    assert [each.text for each in draft.left_out] == ["x = 1", "A chart"]


def test_html_inside_markdown_is_read() -> None:
    assert one("<div><p>Ask early.</p></div>\n").blocks == (Block("paragraph", 0, "Ask early."),)


def test_a_link_to_click_drops_out() -> None:
    assert one("Ask early. [Click here](http://a.example).\n").blocks[0].text == "Ask early."


def test_a_heading_without_text_is_left_out() -> None:
    draft = one("# Leave\nAsk early.\n\n## Downloads\n")
    assert [block.text for block in draft.blocks] == ["Leave", "Ask early."]
    assert [each.text for each in draft.left_out] == ["Downloads"]


def test_a_list_whose_items_all_went_takes_its_lead_in_along() -> None:
    draft = one("Ask early.\n\nYou can also:\n\n- click here\n- follow us on X\n")
    assert [block.text for block in draft.blocks] == ["Ask early."]
