"""A source in Welsh says so: with a quotation, a passage, and on its document's page."""

from pathlib import Path

from starlette.testclient import TestClient

from tests.web.faults import StandIn
from web.server.site import Site

SAID = "This source is in Welsh"
WELSH = "Mae gan eich ysgol bolisi, ac mae rhaid i chi ofyn i'r bwrdd cyn cymryd yr amser hwn."


def test_a_passage_and_the_page_of_a_welsh_document_say_its_language(
    client: TestClient, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "amser.md").write_text(f"# Amser\n\n{WELSH}\n", encoding="utf-8")
    site.service.library.add([tmp_path / "amser.md"])
    assert client.get("/passages/amser%23introduction").json()["language"] == "cy"
    assert SAID in client.get("/guidance/amser").text


def test_a_quotation_out_of_a_welsh_document_says_so(client: TestClient, rasa: StandIn) -> None:
    source = {"title": "Amser", "headings": [], "quote": "Gofynnwch.", "url": "/guidance/amser"}
    answer = {"text": "Gofynnwch.", "status": "answered", "reason": ""}
    for language, is_said in (("cy", True), ("en", False)):
        rasa.replies = [{**answer, "sources": [{**source, "language": language}]}]
        shown = client.post("/", data={"message": "Who is asked?", "session": ""}).text
        assert (SAID in shown) == is_said
