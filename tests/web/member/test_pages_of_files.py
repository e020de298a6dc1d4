"""A document that has pages says them: with a quotation, a passage, and on its own page."""

from pathlib import Path

from starlette.testclient import TestClient

from tests.knowledge.documents.readers.pdf.making import Page, make
from tests.web.faults import StandIn
from web.server.site import Site


def publish(site: Site, tmp_path: Path) -> None:
    pages = [Page(), Page()]
    pages[0].lines(780, "Keys to the building", size=20, bold=True)
    pages[0].lines(740, "The site manager keeps the keys and writes down who has borrowed them.")
    pages[1].lines(780, "Lost keys", size=16, bold=True)
    pages[1].lines(740, "Tell the site manager about lost keys on the same day, at any hour.")
    path = tmp_path / "keys.pdf"
    path.write_bytes(make(*pages))
    site.service.library.add([path])


def test_a_passage_and_the_page_of_its_document_say_the_page(
    client: TestClient, site: Site, tmp_path: Path
) -> None:
    publish(site, tmp_path)
    assert client.get("/passages/keys-to-the-building%23lost-keys").json()["page"] == 2
    shown = client.get("/guidance/keys-to-the-building").text
    assert shown.index("Page 1") < shown.index("keeps the keys") < shown.index("Page 2")


def test_a_quotation_says_its_page_after_the_title(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    source = {"title": "Keys", "headings": [], "quote": "Tell him.", "url": "/guidance/keys"}
    answer = {"text": "Tell him.", "status": "answered", "reason": ""}
    for page, shown in ((2, "</cite>, page 2"), (None, "</cite>\n")):
        rasa.replies = [{**answer, "sources": [{**source, "page": page}]}]
        page_shown = client.post("/", data={"message": "Who is told?", "session": ""}).text
        assert shown in page_shown
