"""Which embedding model: where its weights lie, and that they are not damaged."""

from pathlib import Path

from knowledge.errors import ModelError
from knowledge.language.vocabulary import everyday_words, pinned_folder
from knowledge.search.disk import digest_of

__all__ = ["PINNED_NAME", "PINNED_SHA256", "everyday_words", "pinned_folder", "weights_digest"]

PINNED_NAME = "all-MiniLM-L6-v2"
PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"


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
