"""How far a job has come: a page of its own, which needs no script, and the same as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.jobs import Job
from web.staff.pages import Pages

_PATH = "/staff/jobs"


def job_path(job_id: str) -> str:
    """Give the path of a job's page: go there after starting one.

    When the job is done, the page goes on to the path under `go` in the job's result; `{job}` in it
    becomes the job's identifier.
    """
    return f"{_PATH}/{job_id}"


def job_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()

    def find(job_id: str, signed: Signed) -> Job:
        job = site.staff.jobs.find(job_id, signed.user.name)
        if job is None:
            raise Refused(404, "no_job")
        return job

    @routes.get(f"{_PATH}/{{job_id}}.json")
    def values(job_id: str, signed: Annotated[Signed, Depends(staff("adviser"))]) -> JSONResponse:
        job = find(job_id, signed)
        return JSONResponse(
            {**_shown(site, job), "go": _next(pages, job)}, headers={"cache-control": "no-store"}
        )

    @routes.get(f"{_PATH}/{{job_id}}")
    def show(job_id: str, signed: Annotated[Signed, Depends(staff("adviser"))]) -> Response:
        job = find(job_id, signed)
        if go := _next(pages, job):
            return pages.go(go.removeprefix(pages.root))
        return pages.page("job.html", signed, job=job, **_shown(site, job))

    return routes


def _shown(site: Site, job: Job) -> dict[str, Any]:
    say = site.staff.wording.say
    problem = ""
    if job.state == "stopped":
        problem = say("job.stopped")
    elif job.state == "failed":
        problem = say("job.unexpected") if job.problem == "unexpected" else job.problem
    return {
        "state": job.state,
        "step": job.step or say("job.waiting"),
        "done": job.done,
        "total": job.total,
        "problem": problem,
    }


def _next(pages: Pages, job: Job) -> str:
    go = (job.result or {}).get("go")
    if job.state != "done" or not isinstance(go, str):
        return ""
    return pages.root + go.replace("{job}", job.id)
