"""Labelled examples, and how near a text comes to them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.messages.examples import Examples, Judge, keep_vectors
from knowledge.search.embedding import Embedder

SENTENCES = {
    "fish": ["Goldfish live in ponds.", "My carp ate the flakes.", "Feed the fish in spring."],
    "compost": ["Turn the heap with a fork.", "Peelings rot well.", "The heap smells of grass."],
    "glass": ["Tomatoes want water.", "Cucumbers grow under glass.", "Open the roof at noon."],
}
TEXTS = ["What do goldfish eat?", "How often is compost turned?"]


def zeroed(whole: bytes) -> bytes:
    """Give a file of the same size and form whose numbers are lost."""
    return whole[:128] + bytes(len(whole) - 128)


def test_the_judge_finds_the_likelier_label_and_all_add_up_to_one(embedder: Embedder) -> None:
    likelihood = Judge(SENTENCES, embedder).likelihood(TEXTS)
    assert likelihood["fish"][0] > 0.5
    assert likelihood["compost"][1] > 0.5
    np.testing.assert_allclose(sum(likelihood.values()), 1, atol=1e-5)


def test_a_text_leads_under_the_label_of_its_nearest_example(embedder: Embedder) -> None:
    judge = Judge(SENTENCES, embedder)
    fish, compost = judge.lead(TEXTS, ["fish"]), judge.lead(TEXTS, ["compost"])
    assert (fish[0] > 0, fish[1] < 0) == (True, True)
    assert (compost[0] < 0, compost[1] > 0) == (True, True)


def test_nearness_is_that_of_the_nearest_example(embedder: Embedder) -> None:
    near = Examples(SENTENCES, embedder).nearness(["Peelings rot well."])
    np.testing.assert_allclose(near["compost"], 1, atol=1e-5)
    assert near["fish"][0] < 0.9


def flipped(whole: bytes) -> bytes:
    """Change one byte in the middle: the vectors stay nearly what they were."""
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 0x80]) + whole[middle + 1 :]


@pytest.mark.parametrize("damage", [lambda whole: b"", lambda whole: whole[:40], zeroed, flipped])
def test_kept_vectors_are_made_anew_when_the_file_was_damaged(
    embedder: Embedder, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    first = keep_vectors(TEXTS, embedder, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    np.testing.assert_array_equal(keep_vectors(TEXTS, embedder, tmp_path), first)
