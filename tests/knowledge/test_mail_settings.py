"""What an operator sets about mail is checked at the start, and no password is shown."""

import pytest

from knowledge.errors import SettingError
from knowledge.mail_settings import SmtpParts, smtp_parts
from knowledge.settings import Settings

MAIL = {
    "ADVICE_SMTP_URL": "smtp://advice:s%40cret@mail.example.org",
    "ADVICE_MAIL_FROM": "bot@example.org",
    "ADVICE_PUBLIC_URL": "https://advice.example.org",
}


def read(**changes: str) -> Settings:
    return Settings.from_environment({**MAIL, **changes})


def test_the_parts_of_an_address_are_as_they_are_meant() -> None:
    url = read().smtp_url
    assert smtp_parts(url) == SmtpParts("mail.example.org", 587, "advice", "s@cret")
    assert smtp_parts("smtps://mail.example.org") == SmtpParts(
        "mail.example.org", 465, "", "", tls=True
    )
    assert smtp_parts("smtp://[::1]:2525").here
    assert not smtp_parts("smtp://localhost.example.org").here


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://advice:s3cret@",
        "smtp://advice:s3cret@mail.example.org:x",
        "smtp://advice:s3cret@mail.example.org:99999",
        "smtp://advice:s3cret@mail.example.org:0",
        "smtp://advice:s3/cret@mail.example.org",
        "smtp://advice:s3cret@mail.example.org/folder",
        "smtp://advice:s3cret#@mail.example.org",
        "smtp://advice@mail.example.org",
        "smtp://:s3cret@mail.example.org",
    ],
)
def test_a_wrong_mail_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingError, match="ADVICE_SMTP_URL") as told:
        read(ADVICE_SMTP_URL=url)
    assert "s3" not in str(told.value)


@pytest.mark.parametrize("sender", ["bot", "Bot <bot@example.org>", "a@b.org, c@d.org", "@x.org"])
def test_mails_come_from_one_address(sender: str) -> None:
    with pytest.raises(SettingError, match="ADVICE_MAIL_FROM"):
        read(ADVICE_MAIL_FROM=sender)


def test_a_mail_server_needs_a_sender_and_an_address_for_links() -> None:
    with pytest.raises(SettingError, match="ADVICE_MAIL_FROM"):
        read(ADVICE_MAIL_FROM="")
    with pytest.raises(SettingError, match="ADVICE_STAFF_URL"):
        read(ADVICE_PUBLIC_URL="")
    with pytest.raises(SettingError, match="ADVICE_STAFF_URL"):
        read(ADVICE_STAFF_PORT="8001")


def test_links_lead_where_staff_reach_their_pages() -> None:
    assert read().staff_site == "https://advice.example.org"
    assert read(ADVICE_ROOT_PATH="/bot").staff_site == "https://advice.example.org/bot"
    own = {"ADVICE_STAFF_PORT": "8001", "ADVICE_STAFF_URL": "https://staff.example.org/bot/"}
    assert read(**own).staff_site == "https://staff.example.org/bot"


@pytest.mark.parametrize(
    "url", ["staff", "ftp://x.org", "https://", "https://x.org/?a", "https://a:b@x.org"]
)
def test_an_address_for_links_is_a_web_site(url: str) -> None:
    with pytest.raises(SettingError, match="ADVICE_STAFF_URL"):
        read(ADVICE_STAFF_URL=url)


def test_settings_that_are_printed_show_no_mail_password() -> None:
    assert "cret" not in repr(read())
