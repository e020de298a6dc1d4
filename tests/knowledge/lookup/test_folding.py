from knowledge.documents.document import Document, Passage
from knowledge.language.sentences import split_sentences
from knowledge.lookup.folding import Group, Spotted, fold_alike
from knowledge.search.searcher import Hit

TEXT = (
    "Leaders can take two days of travel leave before a school trip abroad in term time. They tell "
    "the governing board the dates, and who looks after the school while they are away."
)


def spotted(name: str, text: str, withdrawn: bool = False) -> Spotted:
    passage = Passage(f"{name}#a", name, (), text)
    hit = Hit(passage, Document(name, name.title()), split_sentences(text), 1, 1, 1, 1, ())
    return Spotted(hit, (), withdrawn)


def names(groups: tuple[Group, ...]) -> list[list[str]]:
    return [
        [group.first.hit.document.id, *(place.document.id for place in group.others)]
        for group in groups
    ]


def folded(*found: Spotted) -> list[list[str]]:
    return names(fold_alike(found, lambda one: not one.withdrawn))


def test_what_says_nearly_the_same_is_one_group_in_the_order_it_was_found() -> None:
    near = TEXT.replace("abroad", "away")
    other = "The site manager keeps the keys."
    assert folded(spotted("a", TEXT), spotted("b", other), spotted("c", near)) == [
        ["a", "c"],
        ["b"],
    ]


def test_a_text_that_only_holds_another_says_more() -> None:
    longer = f"{TEXT} Ask the governing board four weeks before. It decides within ten days."
    assert folded(spotted("a", TEXT), spotted("b", longer)) == [["a"], ["b"]]


def test_what_members_can_see_stands_for_what_was_withdrawn() -> None:
    assert folded(spotted("old", TEXT, withdrawn=True), spotted("new", TEXT)) == [["new", "old"]]


def test_very_short_texts_are_compared_too() -> None:
    assert folded(spotted("a", "Yes."), spotted("b", "No."), spotted("c", "yes")) == [
        ["a", "c"],
        ["b"],
    ]
