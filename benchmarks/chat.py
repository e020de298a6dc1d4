"""How fast the running product answers, how long it takes to start, and what it takes.

    python -m benchmarks.chat [--home FOLDER] [--questions 100]

Starts the product itself, over a data folder of its own or the one that is given. Beside the
answered question stands Rasa replying to "hello" with a canned text: that is what any bot on Rasa
takes, and the least that ours can.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import psutil

from benchmarks import LONG, our_questions
from knowledge.editions.publish import Library
from knowledge.editions.store import Store
from knowledge.evaluation.evaluate import read_golden
from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import ROOT, started

CANNED = "hello"
_WARM_UP = 10
_TOGETHER = 16


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    value: str
    aim: str = ""


def answer_times(url: str, messages: Sequence[str], together: int, *statuses: str) -> list[float]:
    """Give the milliseconds of each message that gets this status, so many members at a time.

    Every message begins a conversation, so that none is a follow-up of another.
    """

    def one(client: httpx.Client, message: str) -> float | None:
        begin = time.perf_counter()
        response = client.post("/chat", json={"message": message, "session": None})
        passed = 1000 * (time.perf_counter() - begin)
        got = response.raise_for_status().json()["replies"][0]["status"]
        return passed if got in statuses else None

    with httpx.Client(base_url=url, timeout=120) as client:
        for message in messages[-_WARM_UP:]:
            one(client, message)
        with ThreadPoolExecutor(together) as pool:
            times = list(pool.map(lambda message: one(client, message), messages))
    kept = [passed for passed in times if passed is not None]
    if len(kept) < 0.5 * len(times):
        raise SystemExit(f"Only {len(kept)} of {len(times)} messages were {statuses[0]}.")
    return kept


def golden() -> list[str]:
    """Give the golden questions that are to be answered, in an order of chance: no two alike.

    One that is asked again costs less, since its embedding is remembered.
    """
    asked = [turns[0] for turns in read_golden(ROOT / "tests" / "golden" / "tune")]
    questions = [one.question for one in asked if one.status == "answered"]
    return list(np.random.default_rng(1).permutation(questions))


def stories() -> list[str]:
    """Give the long ones of the questions that were written for training."""
    return [question for question in our_questions() if len(question.split()) > LONG]


def search_times(service: Service, questions: Sequence[str]) -> list[float]:
    """Give the milliseconds of search and reader, embedding the question included."""
    finder = service.dialogue().engine.finder
    times = []
    for question in questions:
        begin = time.perf_counter()
        finder.find(f"{question} please")  # other words: the first ones are remembered
        times.append(1000 * (time.perf_counter() - begin))
    return times[_WARM_UP:]


def ingestion(service: Service) -> float:
    """Give how many passages of the bundled guidance are read, embedded and indexed a second."""
    service.embedder().encode(["warm"])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/advice.db")
        library = Library(store, Path(folder) / "index", service.embedder)
        begin = time.perf_counter()
        library.add([service.settings.guidance], bundled=True)
        passed = time.perf_counter() - begin
        count = sum(len(version.passages) for version in store.latest().versions)
        store.close()
    return count / passed


def memory(process: "subprocess.Popen[bytes]") -> dict[str, float]:
    """Give the resident MiB of the app, of Rasa and of both."""
    app = psutil.Process(process.pid)
    own = app.memory_info().rss / 2**20
    rasa = sum(child.memory_info().rss for child in app.children(recursive=True)) / 2**20
    return {"the app": own, "Rasa": rasa, "both": own + rasa}


def p50_p95(times: Sequence[float]) -> str:
    """Give both percentiles as text."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"p50 {cuts[49]:6.1f} ms   p95 {cuts[94]:6.1f} ms"


def measure(home: Path, count: int, say: Callable[[str], None]) -> list[Row]:
    """Measure everything."""
    say("Preparing the data folder…")
    with started(home, {}):
        pass
    questions = golden()
    if 2 * count > len(questions):
        raise SystemExit(f"There are {len(questions)} golden questions: ask for half of them.")
    rows = []
    say("Starting again, with everything there…")
    with started(home, {}) as running:
        url = running.url
        rows.append(Row("warm start", f"{running.seconds:.1f} s", "under 20 s"))
        for together in (1, _TOGETHER):
            say(f"Asking, {together} at a time…")
            aim = "p95 under 200 ms" if together == 1 else ""
            fresh = questions[:count] if together == 1 else questions[count:]
            answered = answer_times(url, fresh, together, "answered")
            rows.append(Row(f"/chat, answered, {together} at a time", p50_p95(answered), aim))
            if together > 1:
                rows.append(
                    Row(
                        "answers a second",
                        f"{1000 * together / statistics.mean(answered):.1f}",
                        "10",
                    )
                )
            canned = answer_times(url, [CANNED] * count, together, "chat")
            rows.append(Row(f"/chat, canned text, {together} at a time", p50_p95(canned)))
        say("Telling long stories…")
        told = answer_times(url, stories()[:count], 1, "answered", "not_covered")
        rows.append(Row(f"/chat, over {LONG} words, 1 at a time", p50_p95(told)))
        for name, size in memory(running.process).items():
            aim = "under 2048 MiB" if name == "both" else ""
            rows.append(Row(f"memory of {name}", f"{size:.0f} MiB", aim))
    say("Searching and reading guidance in this process…")
    service = Service(Settings(home=home))
    rows.append(Row("search and reader", p50_p95(search_times(service, questions[:count]))))
    rows.append(Row("ingestion", f"{ingestion(service):.0f} passages a second"))
    service.close()
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--home", type=Path, help="a data folder; without it a new one is made")
    parser.add_argument("--questions", type=int, default=100, help="messages a measurement")
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="advice-benchmark-"))
    home.mkdir(parents=True, exist_ok=True)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    try:
        rows = measure(home, options.questions, lambda text: print(text, file=sys.stderr))
    finally:
        if options.home is None:
            shutil.rmtree(home, ignore_errors=True)
    print(f"{cores} cores, load {load:.1f} before, {options.questions} messages a measurement")
    for row in rows:
        print(f"{row.name:32} {row.value:36} {row.aim}")


if __name__ == "__main__":
    main()
