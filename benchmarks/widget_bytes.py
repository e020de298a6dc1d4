"""Print the bytes of everything the widget loads, raw and as sent with gzip.

    python benchmarks/widget_bytes.py

The issue's limit is 15 KB in all; the widgets of our peers take 53 KB and 211 KB.
"""

import gzip
import json
from pathlib import Path

from knowledge.wording import load_wording

LIMIT = 15_000
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print one line a file, and the sum."""
    widget = load_wording().section("widget")
    loaded = {
        "widget.js": (ROOT / "web/static/widget.js").read_bytes(),
        "wording/en.json": json.dumps(widget, ensure_ascii=False, separators=(",", ":")).encode(),
    }
    sizes = {name: (len(data), len(gzip.compress(data, 9))) for name, data in loaded.items()}
    raw, zipped = (sum(column) for column in zip(*sizes.values(), strict=True))
    for name, (size, small) in {**sizes, "in all": (raw, zipped)}.items():
        print(f"{name:<16} {size:>7,} bytes {small:>7,} gzipped")
    print(f"{'limit':<16} {'':>13} {LIMIT:>7,}")


if __name__ == "__main__":
    main()
