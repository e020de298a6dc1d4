"""What the member would have been told."""

from tests.web.staff.person import Person, words

PATH = "/adviser/told"


def test_the_bots_own_answer_stands_there_and_why(adviser: Person) -> None:
    page = adviser.open(f"{PATH}?q=how+much+travel+leave+before+a+trip")
    shown = words(page)
    assert "Leaders can take two days of travel leave before a school trip abroad." in shown
    assert "Quote the best passage This step decided. A passage answers it." in shown
    part = adviser.open(f"{PATH}?q=how+much+travel+leave+before+a+trip&part=1").text
    assert "two days of travel leave" in part
    assert "<html" not in part


def test_an_urgent_matter_is_told_as_one(adviser: Person) -> None:
    shown = words(adviser.open(f"{PATH}?q=I+want+to+kill+myself"))
    assert "decided before anything was looked up: Thoughts of suicide" in shown


def test_nothing_is_asked_when_nothing_is_typed(adviser: Person) -> None:
    assert "The bot's own answer" not in words(adviser.open(PATH))
