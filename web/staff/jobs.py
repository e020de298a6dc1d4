"""Work of staff that takes longer than a request: it goes on in the background, with progress.

What is known of a job lies in the database, so that any process can show it and a page that is
loaded again finds it. The work itself runs in the process that was asked; when that ends, the job
counts as stopped and can be started again.
"""

import datetime as dt
import json
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from database import aware, metadata, utc_now
from knowledge.editions.publish import Progress
from knowledge.errors import AdviceError
from people.errors import StaffError
from people.secret_tokens import new_token

State = Literal["waiting", "running", "done", "failed", "stopped"]
Work = Callable[[Progress], Mapping[str, Any]]

_AT_ONCE = 2  # a long upload must not hold up a short publish
_PULSE = 0.5  # seconds between two writes of progress
_SILENT = dt.timedelta(minutes=2)  # a process that says nothing for so long has ended
_KEPT = dt.timedelta(days=1)

logger = logging.getLogger(__name__)

_jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(200), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("seen", sa.DateTime(timezone=True), nullable=False, index=True),
)


@dataclass(frozen=True)
class Job:
    """What is known of a piece of work.

    :param what: what it does, as its page says it.
    :param step: what it does now, and how much of that is done.
    :param result: what the work gave; empty until it is done.
    :param problem: why it failed, worded for whoever started it; `unexpected` for a fault of ours.
    """

    id: str
    owner: str
    what: str
    state: State = "waiting"
    step: str = ""
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] | None = None
    problem: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "stopped")


class Jobs:
    """Does the work of staff in the background, a little at a time."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job")

    def start(self, owner: str, what: str, work: Work) -> str:
        """Begin some work; give the job's identifier.

        :param owner: the name of the account that may see it.
        :param work: is given a function to tell its progress to, and gives plain JSON values.
        """
        job = Job(new_token(), owner, what)
        with self.engine.begin() as connection:
            connection.execute(_jobs.insert().values(id=job.id, **_columns(job)))
        self._threads.submit(self._run, job, work)
        return job.id

    def find(self, job_id: str, owner: str) -> Job | None:
        """Give a job of somebody's; None if there is none, or it is somebody else's."""
        query = sa.select(_jobs).where(_jobs.c.id == job_id, _jobs.c.owner == owner)
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        job = Job(
            *(row.id, row.owner, row.what, row.state, row.step, row.done, row.total),
            *(row.result, row.problem),
        )
        if not job.ended and aware(row.seen) < utc_now() - _SILENT:
            return replace(job, state="stopped")
        return job

    def delete_old(self) -> int:
        """Delete what is known of jobs of yesterday; give how many there were."""
        with self.engine.begin() as connection:
            old = _jobs.delete().where(_jobs.c.seen < utc_now() - _KEPT)
            return connection.execute(old).rowcount

    def close(self) -> None:
        """Begin no more work, and wait for what has begun."""
        self._threads.shutdown(cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        said = 0.0
        now = replace(job, state="running")

        def progress(step: str, done: int, total: int) -> None:
            nonlocal said, now
            changed = step != now.step
            now = replace(now, step=step, done=done, total=total)
            if changed or time.monotonic() > said + _PULSE:
                said = time.monotonic()
                self._keep(now)

        self._keep(now)
        try:
            result = json.loads(json.dumps(work(progress)))
            self._keep(replace(now, state="done", result=result))
        except (AdviceError, StaffError) as problem:
            self._keep(replace(now, state="failed", problem=str(problem)))
        except Exception:
            logger.exception("A job of staff failed")  # the log keeps its place, never its words
            self._keep(replace(now, state="failed", problem="unexpected"))

    def _keep(self, job: Job) -> None:
        try:
            with self.engine.begin() as connection:
                row = _jobs.update().where(_jobs.c.id == job.id)
                connection.execute(row.values(**_columns(job)))
        except sa.exc.SQLAlchemyError as error:
            # The work goes on all the same; a job that nothing more is said of counts as stopped.
            logger.error("A job's progress could not be kept: %s", type(error).__name__)


def _columns(job: Job) -> dict[str, Any]:
    return {
        "owner": job.owner,
        "what": job.what,
        "state": job.state,
        "step": job.step,
        "done": job.done,
        "total": job.total,
        "result": dict(job.result or {}),
        "problem": job.problem,
        "seen": utc_now(),
    }
