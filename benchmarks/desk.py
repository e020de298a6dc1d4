"""How long the desk's pages take with a thousand cases while fifty advisers look for news.

    python -m benchmarks.desk [--cases 1000] [--advisers 50]

A real server of one process; each adviser asks for news every 20 seconds, as the page does. Each
page, and each look for news, has 200 milliseconds.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Actor
from people.cases import read_case
from people.desk.case import URGENCIES
from tests.product import free_ports
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import COOKIE

MOST_MILLISECONDS = 200
_POLL_SECONDS = 20
_TIMES = 40
PAGES = (
    "/adviser/cases", "/adviser/cases?from=900", "/adviser/cases?state=all&urgency=today",
    "/adviser/cases/{reference}", "/adviser/insight", "/adviser/insight?days=365",
)  # fmt: skip


def fill(site: Site, count: int) -> str:
    """Add cases, of which a third is taken; give the reference of one."""
    chance = random.Random(3)
    by = Actor("adviser-0", "adviser")
    for number in range(count):
        case = {
            "question": f"Question {number}: " + "words that a member wrote " * 12,
            "shown": "What the bot showed. " * 40, "urgency": chance.choice(URGENCIES),
            "name": "Sam Example", "phone": "020 7946 0000", "consent": True,
        }  # fmt: skip
        reference = site.cases.add(read_case(case), f"session-{number}")
        if number % 3 == 0:
            site.staff.desk.take(reference, by)
            site.staff.desk.add_note(reference, "Rang twice.", by)
    return reference


async def timed(client: httpx.AsyncClient, path: str, **options: object) -> float:
    """Ask for a page; give how many milliseconds it took."""
    began = time.perf_counter()
    response = await client.get(path, **options)  # type: ignore[arg-type]
    assert response.status_code in (200, 304), (path, response.status_code)
    return 1000 * (time.perf_counter() - began)


async def poll(client: httpx.AsyncClient, token: str, took: list[float]) -> None:
    """Look for news as the page of one adviser does."""
    await asyncio.sleep(random.random() * _POLL_SECONDS)
    seen = ""
    while True:
        began = time.perf_counter()
        headers = {"if-none-match": seen, "cookie": f"{COOKIE}={token}"}
        response = await client.get("/adviser/cases/news", headers=headers)
        seen = response.headers["etag"]
        took.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(_POLL_SECONDS)


async def measure(address: str, tokens: list[str], reference: str) -> list[str]:
    """Time the pages while everybody polls; give what is too slow."""
    news: list[float] = []
    slow = []
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        polling = [asyncio.create_task(poll(client, token, news)) for token in tokens]
        for path in PAGES:
            times = []
            for _ in range(_TIMES):
                headers = {"cookie": f"{COOKIE}={tokens[0]}"}
                times.append(await timed(client, path.format(reference=reference), headers=headers))
                await asyncio.sleep(0.1)
            slow += report(path, times)
        for task in polling:
            task.cancel()
    return slow + report(f"news, {len(news)} looks", news)


def report(name: str, times: list[float]) -> list[str]:
    """Print how long something took; give its name if that is too long."""
    late = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median(times)
    print(f"{name:<42} median {middle:6.1f} ms   95% {late:6.1f} ms")
    return [name] if late > MOST_MILLISECONDS else []


def main() -> int:
    """Time every page; 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--advisers", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port, rasa_port = free_ports(2)
        settings = Settings(home=Path(folder), port=port, rasa_port=rasa_port)
        service = Service(settings)
        site = Site(settings, service)
        reference = fill(site, options.cases)
        tokens = []
        for number in range(options.advisers):
            site.staff.users.add(f"adviser-{number}", "adviser", Actor("benchmark"))
            user = site.staff.users.find(f"adviser-{number}")
            assert user
            tokens.append(site.staff.sessions.begin(user))
        server = uvicorn.Server(uvicorn.Config(create_app(site), port=port, log_config=None))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        slow = asyncio.run(measure(f"http://127.0.0.1:{port}", tokens, reference))
        server.should_exit = True
        thread.join()
        service.close()
    for name in slow:
        print(f"{name}: over {MOST_MILLISECONDS} ms", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
