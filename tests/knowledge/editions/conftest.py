"""A database without a model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.editions.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    yield store
    store.close()
