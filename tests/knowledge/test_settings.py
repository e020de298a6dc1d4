from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SettingError
from knowledge.settings import Settings
from knowledge.sign_in import RoleRule


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()


def test_settings_are_read_from_their_variables() -> None:
    settings = Settings.from_environment(
        {
            "ADVICE_HOME": "/data",
            "ADVICE_PORT": " 8080 ",
            "ADVICE_HOST": "0.0.0.0",
            "ADVICE_MODEL": "",
            "PATH": "/bin",
        }
    )
    assert settings == Settings(home=Path("/data"), port=8080, host="0.0.0.0")


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5", "²", "1e3", "0x10"])
def test_a_number_that_is_none_is_refused_by_its_key(value: str) -> None:
    with pytest.raises(SettingError, match="ADVICE_RATE") as raised:
        Settings.from_environment({"ADVICE_RATE": value})
    assert value in str(raised.value)


@given(st.text())
def test_any_value_is_read_or_refused(value: str) -> None:
    try:
        rate = Settings.from_environment({"ADVICE_RATE": value}).rate
    except SettingError:
        return
    assert rate > 0


def test_a_port_above_the_last_one_is_refused() -> None:
    with pytest.raises(SettingError, match=r"ADVICE_RASA_PORT.*65535"):
        Settings.from_environment({"ADVICE_RASA_PORT": "65536"})


def test_a_misspelt_variable_is_refused_with_the_names_we_know() -> None:
    with pytest.raises(SettingError, match=r"ADVICE_PROT.*ADVICE_PORT"):
        Settings.from_environment({"ADVICE_PROT": "8080"})


def test_variables_of_other_parts_are_passed_over() -> None:
    assert Settings.from_environment({"ADVICE_ENCODER": "/data/encoder"}) == Settings()


def test_the_databases_lie_in_the_data_folder_unless_they_are_set() -> None:
    settings = Settings(home=Path("/data"))
    assert settings.store_url == "sqlite:////data/advice.db"
    assert settings.tracker_address == "sqlite:////data/conversations.db"
    other = Settings(database_url="postgresql://db/a", tracker_url="postgresql://db/t")
    assert (other.store_url, other.tracker_address) == ("postgresql://db/a", "postgresql://db/t")


def test_origins_are_read_one_by_one() -> None:
    settings = Settings(origins="https://a.org/, https://b.org,,")
    assert settings.allowed_origins == ("https://a.org", "https://b.org")


def test_an_empty_model_means_the_pinned_one() -> None:
    assert Settings().model_folder is None
    assert Settings(model="/models/other").model_folder == Path("/models/other")


OIDC = {
    "ADVICE_OIDC_ISSUER": "https://login.example.org/organisation/",
    "ADVICE_OIDC_CLIENT_ID": "advice",
    "ADVICE_OIDC_ROLES": "groups=Advice editors:editor, https://example.org/role=a:b=c:admin",
}


def test_the_roles_of_a_provider_are_read_rule_by_rule() -> None:
    settings = Settings.from_environment(OIDC)
    assert settings.issuer == "https://login.example.org/organisation"
    assert settings.oidc_rules == (
        RoleRule("groups", "Advice editors", "editor"),
        RoleRule("https://example.org/role", "a:b=c", "admin"),
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ADVICE_OIDC_ISSUER", "http://login.example.org"),
        ("ADVICE_OIDC_ISSUER", "login.example.org"),
        ("ADVICE_OIDC_ISSUER", "https://user@login.example.org"),
        ("ADVICE_OIDC_ISSUER", "https://login.example.org?x=1"),
        ("ADVICE_OIDC_ROLES", "groups=editors"),
        ("ADVICE_OIDC_ROLES", "groups=editors:owner"),
        ("ADVICE_OIDC_ROLES", "editors:editor"),
        ("ADVICE_OIDC_CLIENT_ID", ""),
        ("ADVICE_OIDC_ROLES", ""),
        ("ADVICE_STAFF_ADDRESSES", "10.0.0.0/8, the office"),
        ("ADVICE_STAFF_PORT", "70000"),
        ("ADVICE_STAFF_PORT", "8000"),
    ],
)
def test_a_setting_of_staff_that_cannot_be_used_is_refused_by_its_key(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=key):
        Settings.from_environment({**OIDC, key: value})


def test_the_providers_secret_is_not_shown() -> None:
    assert "hush" not in repr(Settings(oidc_client_secret="hush"))
