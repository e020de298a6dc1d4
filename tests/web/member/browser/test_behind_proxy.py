"""Behind nginx with TLS, in a folder of a website, as docs/nginx.conf sets it up."""

import contextlib
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from knowledge.service import Service
from tests.product import ROOT, free_ports, started
from tests.services import NGINX, find_program
from tests.web.member.browser.conftest import host_page
from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = pytest.mark.servers

SECONDS = 60  # for nginx to listen
RATE = 60  # messages a minute from one address


@dataclass(frozen=True)
class Proxied:
    """The product behind nginx.

    :param url: where members reach it, without a slash at the end.
    :param direct: the app's own address.
    """

    url: str
    direct: str

    def client(self, address: str = "127.0.0.1", **options: object) -> httpx.Client:
        """Give a client that sends from one address of this machine."""
        transport = httpx.HTTPTransport(verify=False, local_address=address)
        return httpx.Client(base_url=self.url, transport=transport, timeout=60, **options)  # type: ignore[arg-type]


@contextlib.contextmanager
def nginx(folder: Path, port: int, app: str) -> Iterator[None]:
    """Run nginx with the documented file; only addresses and places are the test's own."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for documented, own in {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "server_name advice.example.org;": "server_name 127.0.0.1;",
        "/etc/ssl/advice/fullchain.pem": f"{folder}/cert.pem",
        "/etc/ssl/advice/privkey.pem": f"{folder}/key.pem",
        "http://127.0.0.1:8000/": f"{app}/",
    }.items():
        assert text.count(documented) == 1, documented
        text = text.replace(documented, own)
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\ndaemon off;\nmaster_process off;\nevents {{}}\n"
        f"http {{\n{places}{text}}}\n",
        encoding="utf-8",
    )
    log = folder / "nginx.log"
    command = [str(find_program(NGINX)), "-p", str(folder), "-c", "nginx.conf", "-e", str(log)]
    process = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"https://127.0.0.1:{port}/", verify=False)
                break
            time.sleep(0.1)
        else:
            pytest.fail(log.read_text(encoding="utf-8"))
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


@pytest.fixture(scope="module")
def proxied(
    tmp_path_factory: pytest.TempPathFactory, home: Path, service: Service
) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("nginx")
    own = folder / "home"
    shutil.copytree(
        home, own, ignore=shutil.ignore_patterns("conversations.db*", "*.log", "*.lock")
    )
    (port,) = free_ports(1)
    settings = {
        "ADVICE_TRUSTED_PROXIES": "127.0.0.1",
        "ADVICE_ROOT_PATH": "/advice",
        "ADVICE_PUBLIC_URL": f"https://127.0.0.1:{port}",
        "ADVICE_ADDRESS_RATE": str(RATE),
    }
    with started(own, settings) as running, nginx(folder, port, running.url):
        yield Proxied(f"https://127.0.0.1:{port}/advice", running.url)


def test_the_page_and_all_that_it_loads_are_found(proxied: Proxied) -> None:
    with proxied.client() as http:
        page = http.get("/")
        assert page.status_code == 200
        loaded = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js))"', page.text)
        assert len(loaded) == 2
        for path in loaded:
            assert http.get(proxied.url.removesuffix("/advice") + path).status_code == 200


def test_the_folder_without_its_slash_leads_to_the_page(proxied: Proxied) -> None:
    with proxied.client(follow_redirects=True) as http:
        assert http.get(proxied.url).url == f"{proxied.url}/"


def test_another_websites_page_may_not_send(proxied: Proxied) -> None:
    with proxied.client() as http:
        headers = {"origin": "https://elsewhere.example"}
        assert http.post("/check", json={"message": "a"}, headers=headers).status_code == 403


def test_schools_are_told_apart_and_a_name_of_ones_own_is_not_believed(proxied: Proxied) -> None:
    def send(http: httpx.Client, base: str, number: int) -> int:
        headers = {"x-forwarded-for": f"203.0.113.{number}"}
        return http.post(f"{base}/check", json={"message": "a"}, headers=headers).status_code

    with proxied.client("127.0.0.2") as one, proxied.client("127.0.0.3") as other:
        answers = [send(one, proxied.url, number) for number in range(RATE + 1)]
        assert set(answers[:RATE]) == {200}
        assert answers[RATE] == 429, "behind the proxy"
        assert send(other, proxied.url, 1) == 200
        assert send(one, proxied.direct, 1) == 429, "past the proxy"


@pytest.fixture
def member(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    def make(**options: bool) -> BrowserContext:
        return new_context(ignore_https_errors=True, **options)

    return make


@pytest.mark.browser
def test_the_plain_form_gets_its_answer_and_its_source_opens(
    proxied: Proxied, member: Callable[..., BrowserContext]
) -> None:
    page = member(java_script_enabled=False).new_page()
    page.goto(f"{proxied.url}/")
    page.get_by_role("textbox").fill(ANSWERED)
    page.locator("form.ask button").click()
    source = page.locator("cite a").first
    expect(source).to_be_visible()
    if "/guidance/" in (source.get_attribute("href") or ""):
        source.click()
        expect(page.locator("article h1")).to_be_visible()
    page.goto(f"{proxied.url}/guidance/behaviour-hubs-programme")
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.browser
def test_the_widget_on_the_page_gets_its_answer(
    proxied: Proxied, words: dict[str, str], member: Callable[..., BrowserContext]
) -> None:
    page = member().new_page()
    wrong: list[str] = []
    page.on("response", lambda one: one.status >= 400 and wrong.append(one.url))
    page.goto(f"{proxied.url}/")
    chat = Chat(page, proxied.url, words)
    turn = chat.ask(ANSWERED)
    expect(turn.locator("blockquote").first).to_be_visible()
    assert wrong == []


@pytest.mark.browser
def test_the_widget_on_a_page_of_the_same_website_gets_its_answer(
    proxied: Proxied, words: dict[str, str], member: Callable[..., BrowserContext]
) -> None:
    page = member().new_page()
    address = proxied.url.removesuffix("/advice") + "/about"
    page.route(
        address,
        lambda route: route.fulfill(content_type="text/html", body=host_page(proxied.url)),
    )
    page.goto(address)
    turn = Chat(page, proxied.url, words).open().ask(ANSWERED)
    expect(turn.locator("blockquote").first).to_be_visible()
