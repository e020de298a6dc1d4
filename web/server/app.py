"""The apps: the members' page and chat; and the pages of staff, within it or on their own port."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from knowledge.answers.wording import load_wording
from web.member.cases import people_routes
from web.member.chat import chat_routes
from web.member.pages import error_page, page_routes
from web.server.faults import Faults
from web.server.guard import BodyTooLarge, Guard
from web.server.health import health_routes
from web.server.problems import Problem
from web.server.proxies import Proxies, SubPath
from web.server.site import Site
from web.staff.addresses import is_for_staff
from web.staff.pages import Pages
from web.staff.routes import include_staff

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
STATIC_FOLDER = Path(__file__).resolve().parents[1] / "member" / "static"


def create_app(site: Site) -> FastAPI:
    """Make the public app around the parts that a site consists of.

    It has the pages of staff too, unless they have a port of their own.
    """
    app = _bare_app(site, _lifespan(site))
    app.include_router(chat_routes(site))
    app.include_router(people_routes(site))
    app.include_router(page_routes(site))
    app.include_router(health_routes(site.health))
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    if not site.settings.staff_port:
        include_staff(app, site)
    return _guarded(app, site, site.settings.allowed_origins)


def create_staff_app(site: Site) -> FastAPI:
    """Make the app of a port that has the pages of staff and nothing else.

    The public app holds the site's parts open, so it has to run as well.
    """
    app = _bare_app(site, None)
    include_staff(app, site)
    # The page of an error is the members', with the contacts.
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    return _guarded(app, site, ())


def _bare_app(site: Site, lifespan: Lifespan | None) -> FastAPI:
    app = FastAPI(
        title="Member advice bot",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.site = site
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(BodyTooLarge, _too_large)
    return app


def _guarded(app: FastAPI, site: Site, websites: tuple[str, ...]) -> FastAPI:
    """Put what every request must pass around an app.

    :param websites: those whose pages may send, besides our own.
    """
    # The last one added is the first to see a request.
    app.add_middleware(Faults, answer=_fault)
    if websites:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=websites,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["content-type", "x-session"],
        )
    app.add_middleware(GZipMiddleware, minimum_size=500)
    origins = tuple(filter(None, (*websites, site.settings.public_origin)))
    app.add_middleware(Guard, origins=origins, wording=load_wording())
    app.add_middleware(SubPath, root=site.settings.sub_path)
    app.add_middleware(Proxies, trusted=site.settings.proxies)
    return app


def _lifespan(site: Site) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with site.running():
            yield

    return lifespan


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    site: Site = request.app.state.site
    return error.response(site.wording, site.advice_line.card())


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    site: Site = request.app.state.site
    if error.status_code == 404 and (page := _staff_page(request, 404, "not_found")):
        return page
    if error.status_code == 404 and _wants_page(request):
        return error_page(site, site.wording.say("errors.not_found"), 404)
    code = "not_found" if error.status_code == 404 else "bad_request"
    return _refusal(site, error.status_code, code)


def _fault(request: Request) -> Response:
    site: Site = request.app.state.site
    return _staff_page(request, 500, "unexpected") or _refusal(site, 500, "unexpected")


def _staff_page(request: Request, status: int, code: str) -> Response | None:
    """Give the page that says what went wrong to staff at a browser; None to anybody else."""
    site: Site = request.app.state.site
    pages: Pages | None = getattr(request.app.state, "staff_pages", None)
    if pages is None or not _wants_page(request) or not is_for_staff(request, site.settings):
        return None
    return pages.message(code, status)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


async def _too_large(request: Request, _error: Exception) -> Response:
    site: Site = request.app.state.site
    return _refusal(site, 413, "too_large")


def _refusal(site: Site, status: int, code: str) -> JSONResponse:
    return Problem(status, code).response(site.wording, site.advice_line.card())
