"""Reading files of others in a process of its own, with limits: a file can harm nothing else."""

from knowledge.documents.readers.apart.process import Limits, ReaderProcess

__all__ = ["Limits", "ReaderProcess"]
