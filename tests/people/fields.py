"""What the tests of cases and of feedback share."""

from collections.abc import Callable

from hypothesis import strategies as st

from people.fields import BadField

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def wrong_field(reading: Callable[[], object]) -> str | None:
    """Give the field that a reading names as wrong; None when it takes everything."""
    try:
        reading()
    except BadField as problem:
        return str(problem)
    return None
