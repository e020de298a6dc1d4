import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.readers import Block, Draft, read_text

PROSE = "Heads can ask their governors for leave at any time of the year."
MORE = "The governors should answer in writing within two weeks of the day you ask."


def one(content: str) -> Draft:
    (draft,) = read_text(content, "pasted")
    return draft


def headings(draft: Draft) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in draft.blocks if block.kind == "heading"]


def items(draft: Draft) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in draft.blocks if block.kind == "item"]


def paragraphs(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks if block.kind == "paragraph"]


def test_the_first_short_line_is_the_title() -> None:
    draft = one(f"Leave for heads\n\n{PROSE}\n")
    assert (draft.id, draft.metadata) == ("leave-for-heads", {"title": "Leave for heads"})
    assert draft.blocks == (Block("heading", 1, "Leave for heads"), Block("paragraph", 0, PROSE))


def test_a_text_without_a_title_is_named_after_its_file() -> None:
    draft = one(f"{PROSE}\n\n{MORE}\n")
    assert (draft.id, draft.metadata, len(draft.blocks)) == ("pasted", {}, 2)


def test_short_lines_above_text_are_headings() -> None:
    draft = one(f"Leave\n\n{PROSE}\n\nWho can ask?\n\n{MORE}\n\nWhen to ask\n\n{MORE}\n")
    assert headings(draft) == [(1, "Leave"), (2, "Who can ask?"), (2, "When to ask")]


def test_a_heading_right_above_another_holds_those_up_to_a_break() -> None:
    draft = one(
        f"Leave\n\n{PROSE}\n\nYour options\n\nPaid leave\n\n{MORE}\n\nUnpaid leave\n\n{MORE}\n\n"
        f"\u00a0\n\nAppeals\n\n{MORE}\n"
    )
    assert headings(draft)[1:] == [
        (2, "Your options"),
        (3, "Paid leave"),
        (3, "Unpaid leave"),
        (2, "Appeals"),
    ]


def test_numbered_lines_above_text_are_headings() -> None:
    draft = one(
        f"Leave\n\n{PROSE}\n\nThe steps\n\n{PROSE}\n\n1. Ask\n\n{MORE}\n\n2. Wait\n\n{MORE}\n"
    )
    assert headings(draft)[1:] == [(2, "The steps"), (3, "1. Ask"), (3, "2. Wait")]


def test_numbered_lines_in_a_row_are_items() -> None:
    draft = one(f"Leave\n\nTake these steps:\n\n1. Ask\n\n2. Wait\n\n3. Appeal\n\n{MORE}\n")
    assert [(block.mark, block.text) for block in draft.blocks if block.kind == "item"] == [
        ("1.", "Ask"),
        ("2.", "Wait"),
        ("3.", "Appeal"),
    ]


def test_bullets_of_every_kind_are_items() -> None:
    for mark in "•-–*·▪":
        assert items(one(f"Leave\n\nBring:\n  {mark} a letter\n  {mark} the dates\n")) == [
            (1, "a letter"),
            (1, "the dates"),
        ]


def test_a_bullet_alone_on_its_line_belongs_to_the_next_line() -> None:
    assert items(one("Leave\n\nBring:\n•\na letter\n•\nthe dates\n")) == [
        (1, "a letter"),
        (1, "the dates"),
    ]


def test_an_indented_list_is_inside_the_list_above_it() -> None:
    draft = one("Leave\n\nBring:\n- letters\n    - from the school\n- dates\n")
    assert items(draft) == [(1, "letters"), (2, "from the school"), (1, "dates")]


def test_a_list_with_another_mark_is_inside_the_item_that_leads_into_it() -> None:
    draft = one("Leave\n\nBring:\n  • dates\n  • letters from:\n\n- the school\n\n- the trust\n")
    assert items(draft) == [
        (1, "dates"),
        (1, "letters from:"),
        (2, "the school"),
        (2, "the trust"),
    ]


def test_a_list_that_lost_its_marks_is_still_a_list() -> None:
    draft = one(f"Leave\n\nThese people can ask:\nHeads\nDeputies\nBursars\n\n{MORE}\n")
    assert [text for _, text in items(draft)] == ["Heads", "Deputies", "Bursars"]


def test_a_wrapped_paragraph_is_joined() -> None:
    draft = one(
        "Leave for heads\n\n"
        "Heads can ask their governors for leave at any time of the\n"
        "year, and the governors should answer within two weeks of\n"
        "that day.\n\n"
        "- a letter which says why you ask and how long you would like\n"
        "  to be away\n"
    )
    assert paragraphs(draft) == [
        "Heads can ask their governors for leave at any time of the year, and the governors should "
        "answer within two weeks of that day."
    ]
    assert [text for _, text in items(draft)] == [
        "a letter which says why you ask and how long you would like to be away"
    ]


def test_a_menu_a_breadcrumb_and_file_names_are_left_out() -> None:
    draft = one(
        "Skip to main content\nHome\nAbout us\nNews\nContact us\nHome > Advice > Leave\n"
        f"leave_banner.png\nLeave for heads\n\n{PROSE}\n\nLeave form.docx (24 KB)\n\n{MORE}\n"
    )
    assert [block.text for block in draft.blocks] == ["Leave for heads", PROSE, MORE]
    assert "Home > Advice > Leave" in [each.text for each in draft.left_out]


def test_a_long_run_of_short_lines_above_the_title_is_a_menu() -> None:
    draft = one(f"Pay\nPensions\nWorkload\nGovernance\nLeave for heads\n\n{PROSE}\n")
    assert draft.title == "Leave for heads"


def test_a_menu_word_above_a_sentence_is_a_heading() -> None:
    assert headings(one(f"Home Menu\n\nLeave\n\n{PROSE}\n\nJoin\n\n{MORE}\n")) == [
        (1, "Leave"),
        (2, "Join"),
    ]


def test_links_shares_and_comments_are_left_out() -> None:
    draft = one(
        f"Leave for heads\n\n{PROSE} Read the full guide here.\n\nShare on Facebook\n\n"
        f"Tags: leave, pay\n\nRelated articles\n\nLeave for bursars\n\nPay this year\n\n"
        f"3 comments\n\nJo\n\nI asked for leave last year and my governors said no.\n"
    )
    assert [block.text for block in draft.blocks] == ["Leave for heads", PROSE]
    assert "I asked for leave last year and my governors said no." in [
        each.text for each in draft.left_out
    ]


def test_text_goes_on_after_a_list_of_related_links() -> None:
    draft = one(f"Leave\n\n{PROSE}\n\nRelated pages\n\nPay\n\nAppeals\n\n{MORE}\n")
    assert [block.text for block in draft.blocks] == ["Leave", PROSE, "Appeals", MORE]


def test_a_short_last_line_stays_when_it_says_whom_to_call() -> None:
    assert paragraphs(one(f"Leave\n\n{PROSE}\n\nOffice: 020 7946 0100\n"))[-1] == (
        "Office: 020 7946 0100"
    )


def test_the_last_of_two_dates_is_the_date_of_the_article() -> None:
    draft = one(f"Leave\n\n{PROSE}\n\nFirst published 2 May 2019\n\nLast updated 3 June 2020\n")
    assert draft.metadata == {"title": "Leave", "published": "2020-06-03"}
    assert paragraphs(draft) == [PROSE]


def test_a_date_below_the_title_belongs_to_the_text_under_it() -> None:
    pages = read_text(
        f"Leave\nPublished 2 May 2019\n{PROSE}\n\nPay\nPublished 3 June 2020\n{MORE}\n", "pasted"
    )
    assert [(draft.title, draft.metadata["published"]) for draft in pages] == [
        ("Leave", "2019-05-02"),
        ("Pay", "2020-06-03"),
    ]


def test_a_date_ends_an_article() -> None:
    pages = read_text(
        f"Leave\n\n{PROSE}\n\nFirst published 2 May 2019\n\nPay\n\n{MORE}\n\n"
        "First published 3 June 2020\n",
        "pasted",
    )
    assert [(draft.id, draft.metadata["published"]) for draft in pages] == [
        ("leave", "2019-05-02"),
        ("pay", "2020-06-03"),
    ]


def test_text_after_the_last_date_without_a_heading_is_the_footer() -> None:
    draft = one(
        f"Leave\n\n{PROSE}\n\nPublished 2 May 2019\n\nWe are a charity in England, no. 1.\n"
    )
    assert paragraphs(draft) == [PROSE]
    assert "We are a charity in England, no. 1." in [each.text for each in draft.left_out]


def test_latest_news_starts_an_article_which_alone_has_the_date() -> None:
    about, news = read_text(
        f"For bursars\n\n{PROSE}\n\nLatest news\n\nNew leave rules agreed\n\n{MORE}\n\n"
        "The rules\n\nThey start soon for every school.\n\nFirst published 2 May 2019\n",
        "pasted",
    )
    assert about.metadata == {"title": "For bursars"}
    assert news.metadata == {"title": "New leave rules agreed", "published": "2019-05-02"}
    assert headings(news) == [(1, "New leave rules agreed"), (2, "The rules")]


CAMPAIGN = f"""Home Menu

Workload matters

{PROSE}

We are working to:

Give every head time to lead

  • Ask for funding
  • Ask for staff.

Make the rules on leave fair

  • Write one policy
  • Train governors.

"""


def test_a_campaign_above_an_article_is_the_same_document_on_every_page() -> None:
    article = f"{PROSE}\n\n{MORE}\n\nFirst published 2 May 2019\n"
    first = read_text(f"{CAMPAIGN}Survey of leave in small schools is out\n\n{article}", "one")
    second = read_text(f"{CAMPAIGN}New advice on cover for absent heads\n\n{article}", "two")
    assert [draft.id for draft in first] == [
        "workload-matters",
        "survey-of-leave-in-small-schools-is-out",
    ]
    assert first[0] == second[0]
    assert "published" not in first[0].metadata
    assert first[1].metadata["published"] == "2019-05-02"


def test_guidance_with_lists_and_text_is_not_cut_up() -> None:
    draft = one(
        f"Leave\n\n{PROSE}\n\nBefore you ask\n\nBring:\n• a letter\n\nAfter you asked\n\nBring:\n"
        f"• dates\n\nWhat happens when the governors say no\n\n{PROSE}\n\n{MORE}\n\n"
        "First published 2 May 2019\n"
    )
    assert len(headings(draft)) == 4


def test_a_page_with_nothing_to_quote_gives_its_lines_as_left_out() -> None:
    draft = one("Home Menu\n\nClick here\n")
    assert (draft.blocks, [each.text for each in draft.left_out]) == (
        (),
        ["Home Menu", "Click here"],
    )


LINES = st.lists(
    st.sampled_from(
        [
            "", "\u00a0", "Home Menu", "Leave for heads", "Who can ask?", PROSE, MORE, "Bring:",
            "• a letter", "- the dates", "  - signed", "1. Ask", "2) Wait", "Latest news",
            "First published 2 May 2019", "picture.jpg", "Home > Pay > Leave", "3 comments",
            "Related links", "Click here.", "Applies to England", "---", "Office: 020 7946 0100",
        ]
    ),
    max_size=30,
)  # fmt: skip


@given(LINES)
def test_no_word_of_a_page_is_lost(lines: list[str]) -> None:
    drafts = read_text("\n".join(lines), "pasted")
    known = " ".join(
        text
        for draft in drafts
        for text in [
            *(f"{b.mark} {b.text}" for b in draft.blocks),
            *(each.text for each in draft.left_out),
        ]
    )
    for line in set(lines):
        words = line.replace("\u00a0", "").strip(" -•")
        assert words in known


@given(st.text())
def test_any_text_can_be_read(content: str) -> None:
    assert read_text(content, "pasted")


@pytest.mark.parametrize("fact", ["27 pounds", "£27", "€3", "3.5%", "10 per cent", "40 pence"])
def test_a_short_last_line_that_states_a_sum_is_kept(fact: str) -> None:
    (draft,) = read_text(f"Fees\n\nThe fees for this year are these.\n\n{fact}\n", "fees")
    assert fact in [block.text for block in draft.blocks]
    assert not draft.left_out
