"""What of a page is guidance, and what is not."""

import pytest

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers import read_html
from knowledge.documents.readers.loss import lost_share

TEXT = "Ask your governors early, and in writing, for the leave that your contract allows you."


def one(content: str) -> Draft:
    (draft,) = read_html(content, "page")
    return draft


def texts(content: str) -> list[str]:
    return [block.text for block in one(content).blocks]


def trails(content: str) -> list[tuple[str, ...]]:
    """Give the headings under which each text stands."""
    open_headings: list[Block] = []
    found = []
    for block in one(content).blocks:
        if block.kind == "heading":
            open_headings = [each for each in open_headings if each.level < block.level]
            open_headings += [block] * bool(block.text)
        else:
            found.append((*(each.text for each in open_headings), block.text))
    return found


@pytest.mark.parametrize("name", ["information-sharing", "related", "social", "sidebar", "cookies"])
def test_a_section_is_never_dropped_for_words_of_its_names(name: str) -> None:
    page = f"<main><section id='{name}' class='{name}'><h2>Leave</h2><p>{TEXT}</p></section></main>"
    assert texts(page) == ["Leave", TEXT]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<nav>News</nav>", "menu"),
        ("<div role=navigation>News</div>", "menu"),
        ("<ul role=menu><li>News</li></ul>", "menu"),
        ("<div role=dialog>News</div>", "banner"),
        ("<div class='gem-c-cookie-banner'>News</div>", "banner"),
        ("<form><label>News</label><input name=q></form>", "form"),
        ("<div role=search>News</div>", "form"),
        ("<aside><a href='/n'>News</a></aside>", "related"),
        ("<div itemtype='https://schema.org/Comment'>News</div>", "comments"),
        ("<p hidden>News</p>", "hidden"),
        ("<p style='display:none'>News</p>", "hidden"),
    ],
)
def test_furniture_inside_the_main_part_is_listed_with_its_kind(part: str, kind: str) -> None:
    draft = one(f"<main><h1>Leave</h1><p>{TEXT}</p>{part}</main>")
    assert [block.text for block in draft.blocks] == ["Leave", TEXT]
    assert [(each.kind, each.text) for each in draft.left_out] == [(kind, "News")]


def test_what_stands_around_the_main_part_is_listed_and_counted() -> None:
    draft = one(f"<body><div>Alert: we move on Monday.</div><main><p>{TEXT}</p></main></body>")
    assert draft.left_out == (LeftOut("outside the main part", "Alert: we move on Monday."),)
    assert 0 < lost_share(draft) < 0.5


def test_a_title_above_the_main_part_is_the_title() -> None:
    page = f"<title>Leave - Union</title><header><h1>Leave</h1></header><main><p>{TEXT}</p></main>"
    assert (texts(page), one(page).title) == (["Leave", TEXT], "Leave")


def test_menus_of_a_page_without_a_main_part_go_and_its_text_stays() -> None:
    menu = "<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Jobs</a></li></ul>"
    text = f"<div><h1>Leave</h1><p>{TEXT}</p><p>Or ring us.</p></div>"
    page = f"<div>{menu}</div>{text}<div>{menu}</div>"
    assert texts(page) == ["Leave", TEXT, "Or ring us."]


def test_a_list_of_links_that_the_text_leads_into_stays() -> None:
    links = "<ul><li><a href='/a'>Acas</a></li><li><a href='/b'>us</a></li></ul>"
    page = f"<h1>Leave</h1><p>{TEXT}</p><p>Ask:</p>{links}"
    assert texts(page)[-2:] == ["Acas", "us"]


def test_a_page_inside_a_form_is_read() -> None:
    fields = "<input type=hidden><input type=text>"
    page = f"<form id=aspnetForm>{fields}<h1>Leave</h1><p>{TEXT * 3}</p></form>"
    assert texts(page) == ["Leave", TEXT * 3]


def test_what_follows_details_is_outside_them() -> None:
    page = "<h2>Leave</h2><details><summary>In Wales</summary><p>Ten.</p></details><p>Five.</p>"
    assert trails(page) == [("Leave", "In Wales", "Ten."), ("Leave", "Five.")]


def test_headings_inside_details_are_under_their_label() -> None:
    page = "<h2>A</h2><details><summary>B</summary><h2>C</h2><p>d</p></details><p>e</p>"
    assert trails(page) == [("A", "B", "C", "d"), ("A", "e")]


def test_every_panel_of_an_accordion_is_read_under_its_label() -> None:
    page = (
        "<h2>Leave</h2><h3><button aria-expanded=false aria-controls=w>Wales</button></h3>"
        "<div id=w hidden><p>Ten.</p></div><button>Scotland</button>"
        "<div style='display:none'><p>Six.</p></div><p>Five.</p>"
    )
    assert trails(page) == [
        ("Leave", "Wales", "Ten."),
        ("Leave", "Scotland", "Six."),
        ("Leave", "Five."),
    ]


LIST_OF_TABS = "<li><a role=tab href='#a'>England</a></li><li><a role=tab href='#b'>Wales</a></li>"
BUTTONS = (
    "<button role=tab aria-controls=a>England</button><button role=tab aria-controls=b>Wales"
    "</button>"
)


@pytest.mark.parametrize(
    ("tabs", "attributes"),
    [
        (f"<ul role=tablist>{LIST_OF_TABS}</ul>", "role=tabpanel"),
        (f"<div role=tablist>{BUTTONS}</div>", "role=tabpanel"),
        (f"<ul>{LIST_OF_TABS.replace(' role=tab', '')}</ul>", "class=panel"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("hidden", ["hidden", "aria-hidden=true", "style='display:none'", ""])
def test_every_panel_of_tabs_is_read_under_its_label(
    tabs: str, attributes: str, hidden: str
) -> None:
    page = (
        f"<main><h2>Pay</h2><div>{tabs}<div id=a {attributes}><p>Nine.</p></div>"
        f"<div id=b {attributes} {hidden}><p>Seven.</p></div></div><p>All.</p></main>"
    )
    assert trails(page) == [
        ("Pay", "England", "Nine."),
        ("Pay", "Wales", "Seven."),
        ("Pay", "All."),
    ]


def test_tabs_without_scripts_are_read_under_their_labels() -> None:
    page = (
        "<h2>Pay</h2><div><input type=radio id=i1 name=t><input type=radio id=i2 name=t>"
        "<div><label for=i1>England</label><label for=i2>Wales</label></div>"
        "<div><div>Nine.</div><div>Seven.</div></div></div>"
    )
    assert trails(page) == [("Pay", "England", "Nine."), ("Pay", "Wales", "Seven.")]


def test_a_notice_banner_is_kept_as_a_note() -> None:
    page = (
        "<h1>Pensions</h1><div class='govuk-notification-banner' role=region><h2>Important</h2>"
        f"<p>The scheme closed.</p></div><p>{TEXT}</p>"
    )
    assert [(block.kind, block.text) for block in one(page).blocks[1:]] == [
        ("note", "Important"),
        ("note", "The scheme closed."),
        ("paragraph", TEXT),
    ]


def test_a_notice_above_the_title_is_kept() -> None:
    page = f"<main><div role=alert>The scheme closed.</div><h1>Pensions</h1><p>{TEXT}</p></main>"
    assert texts(page) == ["The scheme closed.", "Pensions", TEXT]


def test_a_block_given_twice_in_one_place_is_read_once() -> None:
    box = f"<h3>Pay</h3><p>{TEXT}</p>"
    draft = one(f"<h2>Leave</h2><div>{box}</div><div>{box}</div>")
    assert [block.text for block in draft.blocks] == ["Leave", "Pay", TEXT]
    assert LeftOut("repeated", TEXT) in draft.left_out


def test_the_same_words_under_another_heading_are_another_statement() -> None:
    page = f"<h2>England</h2><p>{TEXT}</p><h2>Wales</h2><p>{TEXT}</p>"
    assert texts(page) == ["England", TEXT, "Wales", TEXT]


def test_a_link_back_to_the_top_is_left_out() -> None:
    assert texts(f"<p>{TEXT}</p><p><a href='#top'>Back to top</a></p>") == [TEXT]


def test_marks_beside_headings_are_no_words() -> None:
    page = f"<h2 id=a>Leave<a class=headerlink href='#a'>¶</a></h2><p>{TEXT}</p>"
    assert texts(page) == ["Leave", TEXT]


def test_a_heading_that_leads_back_to_the_contents_stays() -> None:
    page = (
        "<nav><a id=c href='#a'>Leave</a></nav>"
        f"<h2 id=a><a class=toc-backref role=doc-backlink href='#c'>Leave</a></h2><p>{TEXT}</p>"
    )
    assert texts(page) == ["Leave", TEXT]


def test_a_heading_may_be_one_by_its_role() -> None:
    page = f"<div role=heading aria-level=3>Leave</div><p>{TEXT}</p>"
    assert one(page).blocks[0] == Block("heading", 3, "Leave")


def test_pictures_are_listed_by_what_they_show() -> None:
    picture = "<img src='a/flow.png' alt='Five steps'><figcaption>How it goes</figcaption>"
    draft = one(f"<p>{TEXT}</p><figure>{picture}</figure>")
    assert draft.left_out == (LeftOut("picture", "Five steps"),)
    assert draft.blocks[-1] == Block("caption", 0, "How it goes")
