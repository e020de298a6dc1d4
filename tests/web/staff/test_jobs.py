"""Work of staff in the background: its progress, its end, its page."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from knowledge.editions.publish import Progress
from knowledge.errors import EditionError
from people.accounts import Role
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.job_page import job_path
from web.staff.jobs import Job, Jobs


@pytest.fixture
def jobs(site: Site) -> Jobs:
    return site.staff.jobs


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Give what holds a job until a test, or its end, lets it go."""
    event = threading.Event()
    yield event
    event.set()


def ended(jobs: Jobs, job_id: str) -> Job:
    for _ in range(200):
        job = jobs.find(job_id, "ann")
        if job and job.ended:
            return job
        time.sleep(0.02)
    raise AssertionError("the job did not end")


def held(gate: threading.Event) -> Callable[[Progress], dict[str, Any]]:
    def work(progress: Progress) -> dict[str, Any]:
        progress("Reading", 3, 10)
        assert gate.wait(10)
        return {"go": "/staff"}

    return work


def running(jobs: Jobs, job_id: str) -> Job:
    for _ in range(200):
        job = jobs.find(job_id, "ann")
        if job and job.step:
            return job
        time.sleep(0.02)
    raise AssertionError("the job did not begin")


def test_a_job_tells_its_progress_and_then_what_it_gave(jobs: Jobs, gate: threading.Event) -> None:
    job_id = jobs.start("ann", "Reading a file", held(gate))
    job = running(jobs, job_id)
    assert (job.state, job.step, job.done, job.total) == ("running", "Reading", 3, 10)
    gate.set()
    assert ended(jobs, job_id).result == {"go": "/staff"}


def test_a_job_is_its_owners_alone(jobs: Jobs, gate: threading.Event) -> None:
    assert jobs.find(jobs.start("ann", "Reading", held(gate)), "bob") is None


def test_a_job_that_cannot_do_its_work_says_why(jobs: Jobs) -> None:
    def work(progress: Progress) -> dict[str, Any]:
        raise EditionError("There is no edition 7.")

    job = ended(jobs, jobs.start("ann", "Bringing back", work))
    assert (job.state, job.problem) == ("failed", "There is no edition 7.")


def test_a_fault_of_ours_shows_no_text_of_its_own(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Progress) -> dict[str, Any]:
        raise ValueError("Ms Smith's number")

    job = ended(jobs, jobs.start("ann", "Reading", work))
    assert (job.state, job.problem) == ("failed", "unexpected")
    assert "Smith" not in "".join(record.getMessage() for record in caplog.records)


def test_a_job_whose_process_says_nothing_any_more_counts_as_stopped(
    jobs: Jobs, site: Site, gate: threading.Event
) -> None:
    job_id = jobs.start("ann", "Reading", held(gate))
    running(jobs, job_id)
    with site.service.store.engine.begin() as connection:
        long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        connection.execute(sa.text("UPDATE jobs SET seen = :seen"), {"seen": str(long_ago)[:26]})
    job = jobs.find(job_id, "ann")
    assert job
    assert job.state == "stopped"
    assert jobs.delete_old() == 1


def test_the_page_shows_progress_and_goes_on_at_the_end(
    jobs: Jobs, gate: threading.Event, member_of_staff: Callable[[str, Role], Person]
) -> None:
    ann = member_of_staff("ann", "editor")
    job_id = jobs.start("ann", "Reading leave.pdf", held(gate))
    running(jobs, job_id)
    page = ann.open(job_path(job_id))
    assert 'value="3" max="10"' in page.text
    assert "Reading leave.pdf" in words(page)
    assert ann.open(f"{job_path(job_id)}.json").json()["done"] == 3
    gate.set()
    ended(jobs, job_id)
    assert ann.open(job_path(job_id)).headers["location"] == "/staff"
    assert ann.open(f"{job_path(job_id)}.json").json()["go"] == "/staff"


def test_nobody_else_sees_the_page(
    jobs: Jobs, gate: threading.Event, member_of_staff: Callable[[str, Role], Person]
) -> None:
    bob = member_of_staff("bob", "admin")
    assert bob.open(job_path(jobs.start("ann", "Reading", held(gate)))).status_code == 404
