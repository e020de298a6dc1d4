"""The evaluation as a page that content staff can read."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.evaluation.evaluate import Outcome, Result

_WIDTH, _HEIGHT, _EDGE = 560, 320, 44


@dataclass(frozen=True)
class Point:
    """One place to draw the line between answering and not.

    :param line: the probability from which questions are answered.
    :param coverage: the part of the covered questions that is answered then.
    :param precision: the part of the answers that quote a right document then.
    :param wrong: the part of the uncovered questions that is answered then.
    """

    line: float
    coverage: float
    precision: float
    wrong: float


def curve(judged: Sequence[tuple[float, bool, bool]]) -> list[Point]:
    """Compute the coverage-precision curve.

    :param judged: for each question the probability, whether the guidance covers it, and whether
        the quotation comes from a right document.
    """
    covered = sum(is_covered for _, is_covered, _ in judged) or 1
    uncovered = sum(not is_covered for _, is_covered, _ in judged) or 1
    points = []
    for line in (number / 20 for number in range(1, 20)):
        above = [row for row in judged if row[0] >= line]
        right = sum(is_right for _, _, is_right in above)
        points.append(
            Point(
                line=line,
                coverage=sum(is_covered for _, is_covered, _ in above) / covered,
                precision=right / len(above) if above else 1.0,
                wrong=sum(not is_covered for _, is_covered, _ in above) / uncovered,
            )
        )
    return points


def table(result: Result) -> str:
    """Give the measures as lines of text."""
    rows = [
        f"{name:40} {share.right:4} of {share.all:4}  {share.value:6.1%}"
        for name, share in sorted(result.shares.items())
    ]
    return "\n".join(rows)


def failure_lines(outcome: Outcome) -> list[str]:
    """Say what was expected of a question and what was said."""
    expected = outcome.expected
    wanted = expected.status + (f" from {', '.join(expected.documents)}" * bool(expected.documents))
    got = outcome.status + (f" from {', '.join(outcome.cited)}" * bool(outcome.cited))
    return [
        f"{expected.id}: {expected.question}",
        f"  expected {wanted}; got {got}",
        *(f"  | {line}" for line in outcome.text.splitlines()[:6]),
    ]


def page(result: Result, points: Sequence[Point], answer: float) -> str:
    """Give the whole report as one HTML page.

    :param answer: the operating point that is in use, marked in the picture.
    """
    measures = "".join(
        f"<tr><td>{html.escape(name)}</td><td>{share.right} of {share.all}</td>"
        f"<td>{share.value:.1%}</td></tr>"
        for name, share in sorted(result.shares.items())
    )
    failures = "".join(
        f"<li><pre>{html.escape(chr(10).join(failure_lines(outcome)))}</pre></li>"
        for outcome in result.failures()
    )
    rows = "".join(
        f"<tr><td>{p.line:.2f}</td><td>{p.coverage:.1%}</td><td>{p.precision:.1%}</td>"
        f"<td>{p.wrong:.1%}</td></tr>"
        for p in points
    )
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Evaluation</title>
<style>body{{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}}
td,th{{padding:.2rem .8rem;text-align:left}}pre{{white-space:pre-wrap}}</style>
<h1>Evaluation</h1>
<h2>Measures</h2><table><tr><th>Measure<th>Right<th>Share</tr>{measures}</table>
<h2>How sure must the bot be?</h2>
{picture(points, answer)}
<table><tr><th>Answers from<th>Covered questions answered<th>Answers from a right document
<th>Uncovered questions answered</tr>{rows}</table>
<h2>Failures</h2><ul>{failures}</ul></html>
"""


def picture(points: Sequence[Point], answer: float) -> str:
    """Draw the coverage-precision curve as SVG."""

    def place(coverage: float, precision: float) -> str:
        x = _EDGE + coverage * (_WIDTH - 2 * _EDGE)
        y = _HEIGHT - _EDGE - precision * (_HEIGHT - 2 * _EDGE)
        return f"{x:.0f},{y:.0f}"

    line = " ".join(place(p.coverage, p.precision) for p in points)
    used = min(points, key=lambda p: abs(p.line - answer))
    x, y = place(used.coverage, used.precision).split(",")
    bottom, right = _HEIGHT - _EDGE, _WIDTH - _EDGE
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"
 width="{_WIDTH}" aria-label="Coverage and precision at each line">
<rect width="100%" height="100%" fill="#fff"/>
<path d="M{_EDGE},{_EDGE}V{bottom}H{right}" fill="none" stroke="#555"/>
<polyline points="{line}" fill="none" stroke="#0b5394" stroke-width="2"/>
<circle cx="{x}" cy="{y}" r="5" fill="#b00"/>
<g font-family="sans-serif" font-size="12" fill="#222">
<text x="{x}" y="{int(y) - 10}" text-anchor="middle">in use</text>
<text x="{_WIDTH // 2}" y="{_HEIGHT - 10}" text-anchor="middle">covered questions answered</text>
<text x="14" y="{_HEIGHT // 2}" text-anchor="middle" transform="rotate(-90 14 {_HEIGHT // 2})"
>answers from a right document</text>
<text x="{_EDGE}" y="{bottom + 16}">0</text><text x="{right}" y="{bottom + 16}">100%</text>
<text x="{_EDGE - 8}" y="{_EDGE}" text-anchor="end">100%</text></g></svg>"""
