"""The page where guidance is added: files or pasted text become drafts, in the background."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from knowledge.documents.readers.kinds import KINDS
from knowledge.documents.readers.plain import slug
from knowledge.editions.publish import Progress
from people.fields import storable
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.drafting import begin_from_file
from web.staff.job_page import job_path
from web.staff.pages import Pages

ADD_PATH = "/editor/add"
MOST_MEGABYTES = 100  # of one file, as `knowledge.documents.readers` reads them
_LONGEST_NAME = 120
_MOST_ASKED = 20
_PASTED = {"text": ".txt", "markdown": ".md", "html": ".html"}
_File = tuple[str, bytes]


def upload_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    say = site.staff.wording.say

    def page(
        signed: Signed, status: int = 200, problem: str = "", gap: str = "", **typed: str
    ) -> HTMLResponse:
        return pages.page(
            "editor/drafts/add.html",
            signed,
            status,
            problem=problem,
            typed={"text": "", "name": "", "form": "text", **typed},
            endings=", ".join(KINDS),
            forms=tuple(_PASTED),
            most=MOST_MEGABYTES,
            gap=gap,
            asked=asked_in(site, gap),
        )

    @routes.get(ADD_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, gap=request.query_params.get("gap", ""))

    @routes.post(ADD_PATH)
    async def add(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        given = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        files = [(file_name(f.filename or ""), await f.read()) for f in given]
        typed = {name: str(form.get(name, "")) for name in ("text", "name", "form")}
        await form.close()  # what a large file was kept in meanwhile
        if typed["text"].strip():
            ending = _PASTED.get(typed["form"], ".txt")
            name = f"{slug(typed['name']) or 'pasted-text'}{ending}"
            files.append((name, storable(typed["text"]).encode()))
        if not files:
            return page(signed, 422, "nothing", str(form.get("gap", "")), **typed)
        what = (
            say("add.reading_one", name=files[0][0])
            if len(files) == 1
            else say("add.reading_several", count=str(len(files)))
        )

        def work(progress: Progress) -> Mapping[str, Any]:
            return {"go": _next(_begin_all(site, files, signed, progress))}

        job = await run_in_threadpool(site.staff.jobs.start, signed.user.name, what, work)
        return pages.go(job_path(job))

    return routes


def asked_in(site: Site, gap: str) -> list[str]:
    """Give what members asked in a gap, each wording once, for whoever writes the answer to it."""
    if not (gap.isascii() and gap.isdecimal() and len(gap) < 10):
        return []
    wordings = (kept.wording for kept in site.gap_work.gaps.questions(int(gap)))
    return list(dict.fromkeys(filter(None, wordings)))[:_MOST_ASKED]


def file_name(given: str) -> str:
    """Give the last part of a file's name as a browser sent it, so that it names no folder."""
    plain = "".join(sign for sign in storable(given) if sign.isprintable())
    name = PurePosixPath(plain.replace("\\", "/")).name.lstrip(".")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot and stem else name or "file"


def _begin_all(site: Site, files: list[_File], signed: Signed, progress: Progress) -> list[int]:
    say, drafts = site.staff.wording.say, site.staff.drafts
    numbers: list[int] = []
    for name, content in files:
        step = say("add.reading_one", name=name)
        progress(step, 0, 0)
        numbers += begin_from_file(
            site.service, drafts, name, content, signed.actor,
            lambda done, count, step=step: progress(step, done, count),  # type: ignore[misc]
        )  # fmt: skip
    return numbers


def _next(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"/editor/drafts/{numbers[0]}"
    return "/editor/drafts?" + "&".join(f"new={number}" for number in numbers)
