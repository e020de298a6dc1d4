"""The words of a trace: whatever the engine can say, staff can read."""

import re
from pathlib import Path
from typing import get_args

from knowledge.answers import engine
from knowledge.answers.engine import Status
from knowledge.messages.kinds import KINDS
from web.staff.parts import staff_wording


def test_every_kind_step_and_status_has_words() -> None:
    words = staff_wording()
    assert set(KINDS) == words.section("kinds").keys()
    steps = re.findall(r'^ +"(\w+)": self\._', Path(engine.__file__).read_text("utf-8"), re.M)
    assert len(steps) > 5
    assert set(steps) == words.section("steps").keys()
    assert set(get_args(Status)) == words.section("statuses_of_answers").keys()
