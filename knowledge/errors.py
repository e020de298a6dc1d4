"""Every error this product raises on purpose.

Each message is worded for the person who must act: what was wrong, in which file or field, and
what to do about it.
"""

from pathlib import Path


class AdviceError(Exception):
    """The parent of all our errors; its text can be shown to whoever ran the command."""


class SettingError(AdviceError):
    """An environment variable has a value that cannot be used."""

    def __init__(self, key: str, value: str, problem: str) -> None:
        super().__init__(f"Setting {key} has the value {value!r}: {problem}.")


class DocumentError(AdviceError):
    """A document, or one field of its metadata, cannot be used."""

    def __init__(self, origin: Path | str, problem: str, field: str | None = None) -> None:
        place = f"{origin}, field '{field}'" if field else f"{origin}"
        super().__init__(f"{place}: {problem}")
        self.origin = str(origin)
        self.problem = problem
        self.field = field


class ReaderError(DocumentError):
    """A file cannot be read as guidance."""


class UnknownDocument(AdviceError):
    """No document has the identifier that was asked for."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"There is no document '{document_id}'. 'advice list' shows them all.")


class ModelError(AdviceError):
    """The embedding model is missing or is not the one that was expected."""


class EditionError(AdviceError):
    """The index cannot be used: none is published, or another model or analyser built it."""


class PublishingError(AdviceError):
    """Nothing was published, because others published at the same time again and again."""


class RulesError(AdviceError):
    """A file of rules, contacts or wording is missing something or holds a wrong value."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


class QuestionFileError(AdviceError):
    """A line of a question file cannot be used."""

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")


class TrainingDataError(AdviceError):
    """Labelled questions or messages cannot be used for training."""

    def __init__(self, path: Path | str, line: int, problem: str) -> None:
        place = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")


class DatabaseError(AdviceError):
    """A database cannot be reached or read, or a later release made it."""


class ServiceError(AdviceError):
    """One of the product's own processes could not be started or did not answer."""
