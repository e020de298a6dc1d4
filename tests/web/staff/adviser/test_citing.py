from markdown_it import MarkdownIt

from web.staff.adviser.citing import Citation

LINK = "https://advice.example.org/guidance/leave"


def test_a_citation_is_markdown_with_all_that_says_where_it_comes_from() -> None:
    one = Citation("Bring:\n• a form\n• a pen\n[…]\nThen wait.", "Leave [2]", ("The union",), LINK)
    shown = MarkdownIt().render(one.markdown)
    assert "<blockquote>\n<p>Bring:</p>\n<ul>\n<li>a form</li>" in shown
    assert "<p>[…]</p>\n<p>Then wait.</p>\n</blockquote>" in shown
    assert f'<a href="{LINK}">Leave [2]</a><br />\nThe union' in shown


def test_what_looks_like_markdown_in_guidance_stays_as_it_is() -> None:
    shown = MarkdownIt().render(Citation("Use *5* or <b>_6_</b>.", "T", (), LINK).markdown)
    assert "<p>Use *5* or &lt;b&gt;_6_&lt;/b&gt;.</p>" in shown
