"""The page of the outbox: an admin sees why a mail does not go, and has it tried again."""

from people.outbox.mail import Mail, queue
from tests.web.staff.person import Person, words
from web.server.site import Site

MAIL = Mail("review", "team@example.org", "1 document <needs> your review", {})


def failed(site: Site) -> None:
    """Put a mail into the outbox of which an attempt failed."""
    with site.staff.outbox.engine.begin() as connection:
        queue(connection, MAIL)
    kept = site.staff.outbox.claim()
    assert kept
    site.staff.outbox.note_failed(kept, "mail.example.org:587: it says 451 <later>")


def test_the_page_shows_what_could_not_be_sent_and_why(admin: Person, site: Site) -> None:
    failed(site)
    said = words(admin.open("/admin/outbox"))
    assert "1 document &lt;needs&gt; your review" in said
    assert "Last problem: mail.example.org:587: it says 451 &lt;later&gt;" in said
    assert "Could not be sent yet: 1" in said
    assert "no mail server is set" in said
    assert "needs&gt;" not in words(admin.open("/admin/outbox?state=sent"))


def test_an_admin_has_a_mail_tried_again_or_gives_it_up(admin: Person, site: Site) -> None:
    failed(site)
    assert site.staff.outbox.claim() is None
    assert admin.send("/admin/outbox", {"number": "1", "do": "retry"}).status_code == 303
    kept = site.staff.outbox.claim()
    assert kept
    assert "Is being sent now." in words(admin.open("/admin/outbox"))
    refused = admin.send("/admin/outbox", {"number": "1", "do": "take_out"})
    assert refused.status_code == 409
    assert "Nothing was changed" in words(refused)
    site.staff.outbox.note_failed(kept, "451")
    assert admin.send("/admin/outbox", {"number": "1", "do": "take_out"}).status_code == 303
    assert "There is no mail here." in words(admin.open("/admin/outbox"))
    assert "gave a mail up" in words(admin.open("/admin/audit"))


def test_a_form_that_makes_no_sense_is_refused(admin: Person) -> None:
    for values in ({}, {"number": "x", "do": "retry"}, {"number": "1", "do": "everything"}):
        assert admin.send("/admin/outbox", values).status_code == 422


def test_older_mail_is_on_the_next_page(admin: Person, site: Site) -> None:
    with site.staff.outbox.engine.begin() as connection:
        for number in range(60):
            queue(connection, Mail("review", "team@example.org", f"Letter {number}."))
    first = admin.open("/admin/outbox?state=waiting")
    assert "Letter 59." in first.text
    assert "Letter 9." not in first.text
    assert 'href="/admin/outbox?state=waiting&amp;below=11"' in first.text
    assert "Letter 9." in admin.open("/admin/outbox?state=waiting&below=11").text
