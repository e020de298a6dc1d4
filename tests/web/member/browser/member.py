"""A member in front of the chat: what they do and what they see."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

ANSWERED = "What does off-rolling mean?"
HANDED_OVER = "Can I talk to a real person please?"
URGENT = "I want to end my life"


class Chat:
    """The chat on a page. Buttons and texts are named by their wording key."""

    def __init__(self, page: Page, url: str, words: dict[str, str]) -> None:
        self.page, self.url, self.words = page, url, words
        self.launcher = page.locator(".launcher")
        self.panel = page.locator(".panel")
        self.log = page.locator(".log")
        self.input = page.locator("#ask")
        self.turns = page.locator(".turn")
        self.replies = page.locator(".turn .bot")
        self.live = page.locator("[role=status]")
        self.sheet = page.locator("dialog.sheet")

    def open(self) -> "Chat":
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def ask(self, message: str, wait: bool = True) -> Locator:
        """Send a message by keyboard; gives the turn, once it is answered unless told otherwise."""
        before = self.turns.count()
        self.input.fill(message)
        self.input.press("Enter")
        expect(self.turns).to_have_count(before + 1)
        turn = self.turns.nth(before)
        if wait:
            expect(turn.locator(".bot").first).to_be_visible()
            expect(turn.locator(".thinking")).to_have_count(0)
        return turn

    def button(self, key: str, within: Locator | None = None) -> Locator:
        name = re.compile("^" + re.escape(self.words[key].split("{")[0]))
        return (within or self.page.locator("body")).get_by_role("button", name=name)

    def press(self, key: str, within: Locator | None = None) -> None:
        self.button(key, within).last.click()

    def sees(self, key: str, **names: str) -> None:
        expect(self.page.get_by_text(self.words[key].format(**names)).last).to_be_visible()

    def hears(self, text: str) -> None:
        expect(self.live).to_contain_text(text)

    def kept(self) -> dict[str, Any]:
        """What the browser keeps of the conversation; empty when there is nothing."""
        kept: dict[str, Any] = self.page.evaluate(
            "key => JSON.parse(localStorage.getItem(key) || '{}')", f"advice:{self.url}/"
        )
        return kept

    def keep(self, **changes: Any) -> None:
        """Change what the browser keeps, as time or a server would have."""
        self.page.evaluate(
            "([key, kept]) => localStorage.setItem(key, JSON.stringify(kept))",
            [f"advice:{self.url}/", {**self.kept(), **changes}],
        )

    def conversation(self) -> str:
        """Which conversation it is; the session is signed afresh with every answer."""
        return str(self.kept()["session"]).split(".")[0]

    def on_server(self, session: str | None = None) -> Any:
        """The turns of the conversation that the server keeps; None when it knows of none."""
        answer = self.page.request.get(
            f"{self.url}/conversation", headers={"X-Session": session or self.kept()["session"]}
        )
        return answer.json()["turns"] if answer.ok else None

    def focused(self) -> str:
        """The words of the focused element, inside the widget too."""
        text: str = self.page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                const label = at.getAttribute("aria-label") || at.labels?.[0]?.textContent;
                return label || at.textContent;
            }"""
        )
        return text.strip()


def problems(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its best practices, a line for each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
