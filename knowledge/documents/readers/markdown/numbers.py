"""From which line of a file each line of its Markdown comes, once templates were taken out."""

from bisect import bisect_left
from collections import defaultdict


def line_numbers(text: str, source: str) -> list[int]:
    """Give for each line of a text the number of the line of its source, from 1.

    Most lines are those of the source, in its order; one that was changed stands for the next one
    that has words, and tags that were added stand where they were put.
    """
    lines = [line.strip() for line in source.split("\n")]
    places: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        places[line].append(place)
    filled = [place for place, line in enumerate(lines) if line]
    numbers = []
    at = 0  # the first line of the source that was not found yet
    for line in text.split("\n"):
        own = line.strip()
        same = places.get(own, ()) if own and not own.startswith("<") else ()
        if (found := bisect_left(same, at)) < len(same):
            place = same[found]
        else:
            following = bisect_left(filled, at)
            place = filled[following] if following < len(filled) else len(lines) - 1
        if own and not own.startswith("<"):
            at = min(place + 1, len(lines) - 1)
        numbers.append(place + 1)
    return numbers
