"""A server that is killed while it publishes a draft leaves the old edition or the new one."""

import subprocess
import sys
from pathlib import Path

from knowledge.editions.drafts.draft import Content, NewDraft
from knowledge.editions.drafts.drafts import Drafts
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor, Audit, Filters
from web.staff.drafting import publish_draft

ROOT = Path(__file__).resolve().parents[5]
ANN = Actor("ann", "editor")


def test_a_draft_whose_publishing_was_killed_is_published_whole_or_can_be_again(
    tmp_path: Path, folder: Path, exported: Path
) -> None:
    base, places = tmp_path / "base", tmp_path / "places"
    base.mkdir()
    places.mkdir()
    service = Service(Settings(home=base))
    service.settings.encoder_folder.symlink_to(exported)
    service.library.add([folder], bundled=True)
    new = NewDraft(Content({"title": "Lunch"}, "Lunch is at noon for everyone."))
    Drafts(service.store.engine).make(new, "ann", lambda _connection, _number: None)
    service.close()
    command = [sys.executable, "-m", "tests.web.staff.editor.drafts.killing", base, places]
    subprocess.run([*map(str, command)], cwd=ROOT, check=True, timeout=500)
    seen = set()
    for home in sorted(places.iterdir()):
        service = Service(Settings(home=home))
        drafts, audit = Drafts(service.store.engine), Audit(service.store.engine)
        draft = drafts.find(1)
        number, is_new = service.store.latest_number(), draft.status == "published"
        rows = audit.rows(Filters(action="guidance_published"), 5)
        assert (number, len(rows)) == ((2, 1) if is_new else (1, 0)), home.name
        assert ("lunch" in service.store.latest().documents) is is_new, home.name
        if not is_new:
            assert publish_draft(service, drafts, draft, ANN).edition == 2
        _, index = service.library.open()
        assert any("noon" in entry.passage.text for entry in index.entries), home.name
        seen.add(is_new)
        service.close()
    assert seen == {True, False}
