import pytest

from knowledge.addresses import for_rasa, redis_parts
from knowledge.errors import SettingError
from knowledge.settings import Settings

SECRET = "s3cret"
WRONG = {
    "ADVICE_DATABASE_URL": [
        f"mysql://u:{SECRET}@host/db",
        f"postgresql://u:{SECRET}@/db",
        f"postgresql://u:{SECRET}@host:port/db",
        f"postgresql://u:{SECRET}@host:99999/db",
        f"postgresql://u:{SECRET}@host",
        f"u:{SECRET}@host",
        f"u:{SECRET}@host://db",
        "sqlite://folder/file.db",
        "advice.db",
    ],
    "ADVICE_TRACKER_URL": [f"mongodb://u:{SECRET}@host/db"],
    "ADVICE_REDIS_URL": [
        f"http://u:{SECRET}@host",
        f"redis://u:{SECRET}@",
        f"redis://u:{SECRET}@host:port",
        f"redis://u:{SECRET}@host:6379/name",
        "host:6379",
    ],
    "ADVICE_ORIGINS": [
        "www.example.org",
        "https://www.example.org/page",
        "https://a.example, ftp://b.example",
        f"https://u:{SECRET}@a.example",
        "*",
    ],
    "ADVICE_TRUSTED_PROXIES": ["proxy", "10.0.0.300", "10.0.0.0/40", "10.0.0.1, proxy"],
    "ADVICE_PUBLIC_URL": ["advice.example.org", "https://advice.example.org/advice"],
    "ADVICE_ROOT_PATH": ["advice", "/advice/", "/", "/a b", "/../a", "//a"],
}
RIGHT = {
    "ADVICE_DATABASE_URL": [
        "sqlite:////data/advice.db",
        "postgresql://u:p%40%25@host/db?sslmode=require",
        "postgresql+psycopg://host:5432/db",
        "postgresql:///db?host=/run/postgresql",
    ],
    "ADVICE_TRACKER_URL": ["sqlite:////data/c.db", "postgresql://u@host/db"],
    "ADVICE_REDIS_URL": ["redis://host", "rediss://u:p%40@host:6380/2", "redis://[::1]:6379"],
    "ADVICE_ORIGINS": ["https://www.example.org/", "http://localhost:8080, https://b.example"],
    "ADVICE_TRUSTED_PROXIES": ["10.0.0.1", "10.0.0.0/8, ::1"],
    "ADVICE_PUBLIC_URL": ["https://advice.example.org", "https://advice.example.org:8443/"],
    "ADVICE_ROOT_PATH": ["/advice", "/a/b-c"],
}


@pytest.mark.parametrize(("key", "value"), [(k, v) for k, values in WRONG.items() for v in values])
def test_a_wrong_address_is_named_in_one_line_without_a_password(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=key) as raised:
        Settings.from_environment({key: value})
    assert SECRET not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("key", "value"), [(k, v) for k, values in RIGHT.items() for v in values])
def test_an_address_that_can_be_used_is_taken_as_written(key: str, value: str) -> None:
    settings = Settings.from_environment({key: value})
    assert getattr(settings, key.removeprefix("ADVICE_").lower()) == value


def test_redis_gets_user_password_and_tls_as_they_were_meant() -> None:
    assert redis_parts("rediss://us%40er:p%2Fw%25rd@cache:6380/2") == {
        "HOST": "cache",
        "PORT": "6380",
        "DB": "2",
        "USER": "us@er",
        "PASSWORD": "p/w%rd",
        "TLS": "yes",
    }
    assert redis_parts("redis://cache")["TLS"] == ""


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_rasa_gets_the_database_under_a_name_its_driver_takes(scheme: str) -> None:
    assert for_rasa(f"{scheme}://u:p%25@host/db") == "postgresql://u:p%25@host/db"
    assert for_rasa("sqlite:////data/c.db") == "sqlite:////data/c.db"
