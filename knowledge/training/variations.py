"""The same message as somebody else might type it: the label stays."""

import random

from knowledge.training.examples import Around

_SHORTEST = 4  # letters; a slip in a shorter word makes another word
_ONE_IN = 8  # words


def surrounded(question: str, around: Around, chance: random.Random) -> str:
    """Give a question with something that does not matter before it, after it, or both."""
    parts = [question]
    both = chance.random()
    if around.before and both < 0.8:
        parts.insert(0, chance.choice(around.before))
    if around.after and both > 0.6:
        parts.append(chance.choice(around.after))
    return " ".join(parts)


def misspell(text: str, chance: random.Random) -> str:
    """Give a text with a slip of the fingers in about one word of eight: letters swapped, left out
    or added.
    """
    words = text.split(" ")
    for _ in range(max(1, len(words) // _ONE_IN)):
        number = chance.randrange(len(words))
        word = words[number]
        if len(word) < _SHORTEST:
            continue
        place, kind = chance.randrange(len(word) - 1), chance.random()
        if kind < 0.4:
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        elif kind < 0.7:
            word = word[:place] + word[place + 1 :]
        else:
            word = word[:place] + chance.choice("aeinorst") + word[place:]
        words[number] = word
    return " ".join(words)
