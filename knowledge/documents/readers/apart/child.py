"""The process that reads files: it takes paths, and gives drafts, until its input ends."""

import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any, TextIO

from knowledge.documents.readers import read
from knowledge.documents.readers.apart.messages import TOO_MUCH_MEMORY, drafts_to_json
from knowledge.errors import DocumentError

_GIVES_WAY = 10  # of 19: it still comes on where nothing else runs


def serve(questions: TextIO, answers: TextIO) -> None:
    """Read one file for each line of the input.

    The first line holds the limits: bytes of memory, seconds of the processor for each file, and
    whether others go first. The first answer is that it is ready.
    """

    def say(**message: Any) -> None:
        answers.write(json.dumps(message, default=str) + "\n")
        answers.flush()

    limits = json.loads(questions.readline())
    limit_process(limits["memory"])
    if limits["gives_way"] and hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    say(ready=True)
    for line in questions:
        limit_seconds(limits["seconds"])
        path = Path(json.loads(line))
        try:
            drafts = read(path, lambda done, count: say(pages=[done, count]))
            say(drafts=drafts_to_json(drafts))
        except DocumentError as problem:
            say(problem=problem.problem, field=problem.field)
        except MemoryError:
            sys.exit(TOO_MUCH_MEMORY)
        except RecursionError:
            say(problem="is nested too deeply to be read: please save a simpler copy", field=None)
        except Exception as fault:
            where = traceback.extract_tb(fault.__traceback__)[-1]
            say(
                problem="could not be read because of a fault in this program: please report "
                f"'{type(fault).__name__}, {Path(where.filename).name}, line {where.lineno}'",
                field=None,
            )


def limit_process(memory: int) -> None:
    """Limit what this process may use, so far as the system has such limits.

    :param memory: bytes, of which the program itself needs about 300 million.
    """
    try:
        import resource
    except ImportError:  # not on Windows
        return
    limits = {"RLIMIT_AS": memory, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        try:
            kind = getattr(resource, name)
            resource.setrlimit(kind, (most, most))
        except (AttributeError, ValueError, OSError):
            continue  # macOS knows the name of the limit on memory, but not the limit


def limit_seconds(seconds: int) -> None:
    """Give this process so many seconds of the processor from now on; then the system ends it."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, hard))
    except (ImportError, ValueError, OSError):
        return


def main() -> None:
    """Serve over the standard streams; what a library prints goes nowhere."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    serve(sys.stdin, answers)
