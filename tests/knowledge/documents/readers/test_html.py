from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.readers import Block, Draft, read_html

PAGE = """<!DOCTYPE html><html><head><title>Time off for heads - Example Union</title>
<meta property="og:site_name" content="Example Union">
<meta name="article:published_time" content="2024-02-03T09:00:00Z">
<link rel="canonical" href="https://union.example/time-off">
<style>p {color: red}</style><script>track()</script></head><body>
<div class="cookie-banner"><h2>Cookies</h2><p>We would like to set cookies.</p></div>
<a class="skip-link" href="#main">Skip to content</a>
<header><a href="/">Example Union</a><nav><ul><li>Home</li><li>News</li></ul></nav></header>
<div class="breadcrumbs">Home / Advice</div>
<main id="main"><h1>Time off for heads</h1><p>Ask your governors <b>early</b>.</p>
<h2>What to send</h2><p>Send these:</p>
<ul><li>a letter<ul><li>signed</li></ul></li><li><p>the dates</p><p>and reasons</p></li></ul>
<table><tr><th>Length</th><th>Notice</th></tr><tr><td>1 day</td><td>1 week</td></tr></table>
<p>Line one<br>Line two</p><form><label>Your name</label></form>
<aside><h2>Related</h2><a href="/a">Another page</a></aside>
<h2>Cookies at the meeting</h2><p id="cookies">Biscuits are fine.</p>
</main><footer><p>Registered office: 1 Example Road.</p></footer></body></html>"""


def one(content: str) -> Draft:
    (draft,) = read_html(content, "saved-page")
    return draft


def test_only_the_main_content_of_a_page_stays() -> None:
    assert one(PAGE).blocks == (
        Block("heading", 1, "Time off for heads"),
        Block("paragraph", 0, "Ask your governors early."),
        Block("heading", 2, "What to send"),
        Block("paragraph", 0, "Send these:"),
        Block("item", 1, "a letter"),
        Block("item", 2, "signed"),
        Block("item", 1, "the dates and reasons"),
        Block("row", 0, "Length: 1 day; Notice: 1 week"),
        Block("paragraph", 0, "Line one"),
        Block("paragraph", 0, "Line two"),
        Block("heading", 2, "Cookies at the meeting"),
        Block("paragraph", 0, "Biscuits are fine."),
    )


def test_what_was_left_out_is_reported_without_code() -> None:
    left_out = " ".join(each.text for each in one(PAGE).left_out)
    for text in ("set cookies", "Home / Advice", "Your name", "Another page", "Registered office"):
        assert text in left_out
    assert "track()" not in left_out


def test_the_head_of_a_page_gives_its_metadata() -> None:
    draft = one(PAGE)
    assert draft.id == "time-off-for-heads"
    assert draft.metadata == {
        "title": "Time off for heads",
        "publisher": "Example Union",
        "published": "2024-02-03",
        "source": {
            "title": "Time off for heads",
            "url": "https://union.example/time-off",
            "date": "2024-02-03",
        },
    }


def test_a_date_the_page_shows_wins_over_its_head() -> None:
    draft = one(PAGE.replace("<h2>What", "<p>Updated 4 March 2025</p><h2>What"))
    assert draft.metadata["published"] == "2025-03-04"
    assert all("Updated" not in block.text for block in draft.blocks)


def test_the_nations_a_page_applies_to_are_metadata() -> None:
    draft = one("<h1>Leave</h1><h2>Applies to Wales</h2><p>Ask your governors early.</p>")
    assert draft.metadata["nations"] == ["Wales"]


def test_a_fragment_without_a_title_is_named_after_its_file() -> None:
    draft = one("<p>Ask your governors early.</p>")
    assert (draft.id, draft.title) == ("saved-page", "")


def test_a_caption_above_the_title_is_left_out() -> None:
    draft = one("<main><p>Guidance</p><h1>Leave</h1><p>Ask early.</p></main>")
    assert [block.text for block in draft.blocks] == ["Leave", "Ask early."]


def test_several_articles_are_several_drafts() -> None:
    text = f"<p>{'Ask your governors early. ' * 12}</p>"
    page = (
        f"<main><article><h2>Leave</h2>{text}</article><article><h2>Pay</h2>{text}</article></main>"
    )
    assert [(draft.id, draft.title) for draft in read_html(page, "p")] == [
        ("leave", "Leave"),
        ("pay", "Pay"),
    ]


def test_numbered_lists_and_definitions_are_items() -> None:
    draft = one("<ol start=2><li>Write</li><li>Wait</li></ol><dl><dt>Head</dt><dd>Leads</dd></dl>")
    assert draft.blocks == (
        Block("item", 1, "Write", "2."),
        Block("item", 1, "Wait", "3."),
        Block("definition", 0, "Head: Leads"),
    )


@given(st.text(alphabet="<>/phullimatrd &=\"'x", max_size=60) | st.text(max_size=60))
def test_any_text_can_be_read_as_html(content: str) -> None:
    assert read_html(content, "page")
