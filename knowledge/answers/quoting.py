"""Which sentences of a passage to quote."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.language.sentences import Sentence
from knowledge.search.searcher import Hit

# A sentence that begins like this leans on the one before it.
_LEANING = frozenset(
    """he her his it its she that their them then there these they this those such also but
    however instead neither otherwise so yet both either another the same""".split()
)
# "Yes" or "No" answers the heading, not what the member asked: the quotation opens behind it,
# unless the rest leans on it, as in "No, unless both agree."
_YES_OR_NO = re.compile(
    r"(?:Yes|No)[,.:;!–-]\s+(?!(?:unless|but|only|except|if|not|however|although|and|or)\b)(?=\S+(?:\s\S+){3})"
)


@dataclass(frozen=True)
class Quote:
    """Sentences of one passage, verbatim and in order.

    :param chosen: the numbers of the quoted sentences.
    """

    hit: Hit
    chosen: frozenset[int]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each run of quoted text starts and ends; an item's run starts at its mark."""
        runs: list[tuple[int, int]] = []
        for number in sorted(self.chosen):
            sentence = self.hit.sentences[number]
            if number - 1 in self.chosen:
                runs[-1] = (runs[-1][0], sentence.end)
            elif sentence.kind == "item":
                mark = self.hit.passage.text.rfind("\n", 0, sentence.start) + 1
                runs.append((mark, sentence.end))
            else:
                opening = _YES_OR_NO.match(sentence.text)
                runs.append((sentence.start + (opening.end() if opening else 0), sentence.end))
        return tuple(runs)

    @property
    def text(self) -> str:
        """The quoted text; a gap between two runs shows as an ellipsis line."""
        whole = self.hit.passage.text
        return "\n[…]\n".join(whole[start:end] for start, end in self.spans)

    @property
    def words(self) -> int:
        """How many words are quoted."""
        return len(self.text.split())

    @property
    def cuts_a_list(self) -> bool:
        """Whether some items of a list are quoted and others left out."""
        sentences = self.hit.sentences
        leads = {sentences[number].lead_in for number in self.chosen} - {None}
        return any(not self.chosen.issuperset(_items(sentences, lead)) for lead in leads)


@dataclass(frozen=True)
class Limits:
    """How much to quote.

    :param words: about how many words at the most.
    :param finish: how many words more may be quoted when they make a list whole.
    :param drop: how far below the best sentence's score a sentence may lie and still be quoted
        for its own sake.
    :param near: how far below the best passage's score another passage of the same document may
        lie and still be quoted beside it.
    :param close: how far below it may lie and share the words evenly.
    :param also: how far below the best passage's log-odds the next one's may lie, whatever its
        document: then it answers about as likely, and is quoted too.
    :param also_words: about how many words of that one at the most.
    """

    words: int
    finish: int
    drop: float
    near: float
    close: float
    also: float
    also_words: int


def choose_quotes(hits: Sequence[Hit], limits: Limits) -> tuple[Quote, ...]:
    """Choose what to quote of a search's hits: the best passage, and perhaps a second one.

    A second passage of its document that scores about the same shares the words with the best one,
    unless that would cut a list in the best one; one further off gets those that it leaves.
    Without one the next passage is quoted beside it if it answers about as likely as the best.

    :param hits: best first.
    """
    if not hits:
        return ()
    best = hits[0]
    alone = first = quote(best, limits)
    for other in hits[1:]:
        if other.document.id != best.document.id:
            continue
        if other.score < best.score - limits.near:
            break
        if other.score > best.score - limits.close:
            half = quote(best, replace(limits, words=limits.words // 2))
            if alone.cuts_a_list or not half.cuts_a_list:
                first = half
        second = quote(other, replace(limits, words=limits.words - first.words))
        # Half a list misleads; the whole document is one click away.
        whole = not second.cuts_a_list or quote(other, limits).cuts_a_list
        if whole and first.words + second.words <= limits.words + limits.finish:
            return first, second
        break
    if len(hits) > 1 and _answers_too(best, hits[1], limits):
        return alone, quote(hits[1], replace(limits, words=limits.also_words))
    return (alone,)


def _answers_too(best: Hit, other: Hit, limits: Limits) -> bool:
    if best.answers is None or other.answers is None:
        return False
    return other.answers >= best.answers - limits.also


def quote(hit: Hit, limits: Limits) -> Quote:
    """Choose the sentences of a hit that answer the question and can be understood alone.

    The best sentence is taken with what it needs: the lead-in of a list item, the sentence before
    one that leans on it, and the whole list if it fits. Then further sentences by score, while
    they fit, and of longer lists the first items.
    """
    sentences, scores = hit.sentences, _scores(hit)
    if not sentences:
        return Quote(hit, frozenset())
    order = sorted(range(len(sentences)), key=lambda number: -scores[number])
    best = scores[order[0]]
    chosen: set[int] = set()
    for number in order:
        if chosen and scores[number] < best - limits.drop:
            break
        needed = _with_needs(sentences, number)
        if not chosen or _words(sentences, chosen | needed) <= limits.words:
            chosen |= needed
            for each in sorted(needed):
                whole = chosen.union(_items(sentences, each))
                if _words(sentences, whole) <= limits.words + limits.finish:
                    chosen = whole
    for number in sorted(chosen):
        for item in _items(sentences, number):
            if _words(sentences, chosen | {item}) > limits.words:
                break
            chosen.add(item)
    return Quote(hit, frozenset(chosen))


def whole_quote(hit: Hit) -> Quote:
    """Quote a whole passage."""
    return Quote(hit, frozenset(range(len(hit.sentences))))


def _scores(hit: Hit) -> list[float]:
    """Give each sentence's probability that it must be shown; its cosine where nothing was read."""
    if not hit.shown:
        return list(hit.sentence_scores)
    return [1 / (1 + math.exp(-shown)) for shown in hit.shown]


def _with_needs(sentences: tuple[Sentence, ...], number: int) -> set[int]:
    """Give a sentence with those before it that it cannot be understood without."""
    needed = {number}
    sentence = sentences[number]
    while True:
        if sentence.lead_in is not None:
            number = sentence.lead_in
        elif number > 0 and _leans(sentence):
            number -= 1
        else:
            return needed
        needed.add(number)
        sentence = sentences[number]


def _leans(sentence: Sentence) -> bool:
    first = sentence.text.split(maxsplit=1)[0].strip("“\"'(,").lower()
    return sentence.kind == "sentence" and first in _LEANING


def _items(sentences: tuple[Sentence, ...], number: int | None) -> list[int]:
    """Give the items of the list that a sentence leads into, in order."""
    return [item for item, sentence in enumerate(sentences) if sentence.lead_in == number]


def _words(sentences: tuple[Sentence, ...], numbers: set[int]) -> int:
    return sum(len(sentences[number].text.split()) for number in numbers)
