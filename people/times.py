"""Times, as the database keeps them."""

import datetime as dt


def utc_now() -> dt.datetime:
    """Give the time now."""
    return dt.datetime.now(dt.UTC)


def aware(time: dt.datetime) -> dt.datetime:
    """Give a time with its zone: SQLite gives times back without it, and they are stored in UTC."""
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)
