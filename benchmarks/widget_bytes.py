"""Print the bytes of everything the widget loads, raw and as sent with gzip.

    python benchmarks/widget_bytes.py

The limit is 15 KB gzipped in all; the widgets of our peers take 53 KB and 211 KB.
"""

import datetime as dt
import gzip
import json

from knowledge.answers.contacts import load_contacts
from knowledge.answers.wording import load_wording
from web.member.script import load_script

LIMIT = 15_000


def wording() -> bytes:
    """Give what GET /wording/en.json answers."""
    words = load_wording()
    answer = {
        "language": "en",
        "widget": words.section("widget"),
        "suggestions": words.lists["suggestions"],
        "contact": load_contacts().card(("advice_line",), words, dt.datetime.now(dt.UTC)),
        "hours": {},
        "expect": load_contacts().call_back,
        "notice": words.say("privacy"),
        "limit": 1000,
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def main() -> None:
    """Print a line for each file, and the sum."""
    loaded = {"widget.js": load_script().encode(), "wording/en.json": wording()}
    sizes = {name: (len(data), len(gzip.compress(data, 9))) for name, data in loaded.items()}
    sizes["in all"] = tuple(sum(column) for column in zip(*sizes.values(), strict=True))
    for name, (raw, gzipped) in sizes.items():
        print(f"{name:<16} {raw:>7,} bytes {gzipped:>7,} gzipped")
    print(f"{'limit':<16} {LIMIT:>21,}")


if __name__ == "__main__":
    main()
