"""Two editors' changes of one text."""

from knowledge.editions.drafts.merging import merged

BEFORE = "# Leave\n\nTwo days.\n\n## Asking\n\nFour weeks.\n"


def test_changes_of_different_lines_are_put_together() -> None:
    theirs = BEFORE.replace("Two", "Three")
    ours = BEFORE.replace("Four", "Six") + "\nMore.\n"
    assert merged(BEFORE, theirs, ours) == (
        "# Leave\n\nThree days.\n\n## Asking\n\nSix weeks.\n\nMore.\n"
    )


def test_the_same_change_of_both_is_made_once() -> None:
    both = BEFORE.replace("Two", "Three")
    assert merged(BEFORE, both, both) == both


def test_changes_of_the_same_line_are_left_to_people() -> None:
    assert merged(BEFORE, BEFORE.replace("Two", "Three"), BEFORE.replace("Two", "Five")) is None
    assert merged(BEFORE, BEFORE + "\nA.\n", BEFORE + "\nB.\n") is None


def test_a_part_that_one_removed_and_the_other_changed_is_left_to_people() -> None:
    assert merged(BEFORE, "# Leave\n", BEFORE.replace("Four", "Six")) is None
