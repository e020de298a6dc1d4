"""The numbers that were chosen, read once from one file and passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from knowledge.answers.coverage import Lines
from knowledge.answers.dialogue import Manners
from knowledge.answers.follow_up import FollowUpLines
from knowledge.answers.lines import KindLines, PinnedLines, Ranking
from knowledge.answers.quoting import Limits
from knowledge.errors import RulesError
from knowledge.language.rule_files import field, read_rules
from knowledge.language.spelling import Slips
from knowledge.messages.nonsense import LetterLines
from knowledge.messages.urgent import UrgentLines
from knowledge.reading.finder import Finding
from knowledge.search.searcher import Weights

TUNING_FILE = Path(__file__).with_name("tuning.yml")


@dataclass(frozen=True)
class Tuning:
    """Every chosen number; `tuning.yml` says what chose each."""

    search: Weights
    quoting: Limits
    finding: Finding
    ranking: Ranking
    coverage: Lines
    urgent: UrgentLines
    kinds: KindLines
    letters: LetterLines
    spelling: Slips
    follow_ups: FollowUpLines
    pinned: PinnedLines
    dialogue: Manners


def load_tuning(path: Path = TUNING_FILE) -> Tuning:
    """Read the file of chosen numbers.

    :raises RulesError: if it is missing, or a number is missing, unknown or no number.
    """
    rules = read_rules(path)
    parts = {item.name: _part(item.type, rules, path, item.name) for item in fields(Tuning)}
    return Tuning(**parts)


def _part(kind: Any, rules: dict[str, Any], path: Path, name: str) -> Any:
    values = field(rules, path, name)
    wanted = {item.name: item.type for item in fields(kind)}
    given = values if isinstance(values, Mapping) else {}
    if different := sorted(wanted.keys() ^ given.keys()):
        raise RulesError(path, f"in '{name}' these are missing or unknown: {different}")
    for key, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RulesError(path, f"the field '{name}.{key}' must be a number")
    return kind(**given)
