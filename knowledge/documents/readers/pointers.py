"""Sentences and clauses that only point at a link or ask for a click.

A quotation has no links, so "Read the full report here." would tell a member nothing. What a
sentence says besides its link stays.
"""

import re

from knowledge.language.sentences import split_sentences

_DOCUMENT = (
    r"(?:advice|answers?|article|blog|booklet|consultation|details|documents?|document|forms?|"
    r"framework|guidance|guides?|information|leaflet|letter|list|notes?|page|podcast|policy|post|"
    r"press release|publication|recording|reports?|resources|response|slides|speech|statement|"
    r"story|survey|template|text|toolkit|transcript|videos?|webinar|website)"
)
_SHOWN = (
    r"(?:accessed|accessible|available|booked|completed|downloaded|found|obtained|ordered|read|"
    r"requested|seen|viewed|watched)"
)
_GO = (
    r"(?:access|apply|book|browse|buy|check|complete|download|find|follow|get|go|join|learn|"
    r"listen|log in|look|order|read|register|see|sign up|take|use|view|visit|watch)"
)
_SHOW_LINK = r"(?:browse|download|find|listen|open|read|see|view|visit|watch)"
_MEDIA = (
    r"(?:bluesky|facebook|instagram|linkedin|pinterest|social media|threads|tiktok|twitter|"
    r"whatsapp|x|youtube)"
)
_LINK = r"(?:th(?:is|e|ese) (?:\w+ )?links?)"
_INTRO = (
    r"(?:(?:to|for|if|please note)\b[^,]*, )?"
    r"(?:(?:and|or|also|please|just|simply|then|you (?:can|could|may|will)) )*"
)
_CONTACT_VERB = r"(?:call|contact|email|e-mail|phone|ring|speak|telephone|text|visit|write)"


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# Parts that can go while the rest of the sentence stays, and what takes their place.
_CLAUSES = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (rf" ?[(\[](?:(?:{_GO}|{_SHOWN}|click|link|links) )*(?:here|{_LINK})[)\]]", ""),
        (r" ?[(\[]click [^)\]]*[)\]]", ""),
        # "Call us on 123, email us on a@b or click here": the last comma becomes the "or".
        (
            rf", ((?:or )?{_CONTACT_VERB}\b[^,]*),? (?:or|and) {_INTRO}"
            rf"(?:click|tap|press|follow|visit)(?: on)? (?:here|{_LINK})(?=\W*$)",
            r" or \1",
        ),
        (
            rf",? (?:or|and|but) {_INTRO}(?:click|tap|press|follow|visit|use|see|apply|book|"
            rf"register|read more|find out more)(?: on)? (?:here|{_LINK})"
            r"(?: below| above)?(?=\W*$)",
            "",
        ),
        (
            rf",? (?:or|and|which|but) (?:(?:more|further|full|the) )?(?:{_DOCUMENT} )?"
            rf"(?:is|are|can(?: also)? be) (?:{_SHOWN} )?here(?=\W*$)",
            "",
        ),
        (r", available here(?=\W*$)", ""),
        (rf"^{_INTRO}click here(?: to [^,]*?)?,? or (?={_CONTACT_VERB}\b)", ""),
        (rf"(\b{_DOCUMENT}) here(?=[,;] )", r"\1"),
    )
)
_POINTERS = _compile(
    rf"^{_INTRO}(?:click|tap)\b(?! (?:and|your)\b).*",
    rf"^.*\b(?:click|tap|press)(?: on)? (?:here|{_LINK})\b.*",
    rf"^{_INTRO}follow {_LINK}(?: (?:above|at|below|for|here|in|to)\b.*)?$",
    rf"^{_INTRO}(?:use|visit|see) {_LINK}(?: below| above)?$",
    rf"^.*\b{_SHOWN}(?: online| to download)? (?:by clicking |at |via |on |from |through )?"
    rf"(?:here|below|{_LINK})(?: below| above)?$",
    rf"^{_INTRO}{_GO}\b.* here$",
    rf"^{_INTRO}{_SHOW_LINK}\b.* (?:below|{_LINK})(?: below| above)?$",
    r"^(?:(?:find out|read|learn|see|discover|view) )?(?:more|further)"
    rf"(?: {_DOCUMENT})?(?: (?:here|below))?$",
    r"^(?:find out|read|learn|discover|see) more (?:about|on|in|from|at)\b(?!.*,).{0,80}$",
    rf"^{_INTRO}(?:listen to|{_SHOW_LINK}) (?:the|our|their|its) (?:full|whole|complete|original) "
    rf"{_DOCUMENT}(?: (?:in|on|at|from) [^,]*)?$",
    rf"^(?:{_DOCUMENT}|link|links) here$",
    r"^(?:please )?see (?:also )?(?:figure|table|annex|appendix|chart|diagram|image|section|page)"
    r" ?\w{0,3}(?: below| above| overleaf)?$",
    rf"^.*\b(?:join|follow|like|find|connect with) us\b.{{0,30}} on {_MEDIA}$",
    rf"^.*\bour {_MEDIA} (?:page|group|account|feed|channel)\b.*",
    rf"^(?:share|tweet|post|pin|like|print|save|email) (?:this|it)(?: {_DOCUMENT})?"
    rf"(?: (?:on|via|to|with) (?:{_MEDIA}|email|friends?|colleagues?))?$",
    rf"^(?:share|tweet|print)(?: (?:on|via) (?:{_MEDIA}|email))?$",
    r"^.*\bclick to (?:like|share|subscribe|tweet)\b.*",
    r"^.*\b(?:subscribe|sign up)\b.{0,60}\b(?:our|your|free|daily|weekly|monthly)\b.{0,40}"
    r"\b(?:newsletter|bulletin|mailing list|emails?|updates|alerts|channel|feed)\b.*",
    r"^.*\byou can unsubscribe\b.*|^.*\bunsubscribe (?:at|from|here)\b.*",
    r"^(?:please )?(?:let us know|tell us|share)(?: with us)? (?:what you think|your thoughts|your "
    r"views|your comments)\b.*",
    r"^(?:please )?(?:leave|post|add) (?:a|your) (?:comment|reply)\b.*",
    r"^(?:have your say|join the (?:conversation|discussion))$",
    r"^.*\b(?:we|this (?:site|website)) uses? (?:[\w-]+ )*cookies\b.*",
    r"^(?:accept|reject|manage|allow)\b.{0,30}\bcookies?\b.*",
    r"^cookie (?:policy|settings|preferences)$",
    r"^.*\blicensed under the terms of the\b.*|^to view this licence\b.*",
    r"^.*\bthird[ -]party copyright\b.*|^this (?:publication|document) is available at\b.*",
    r"^(?:view|read|request|download) this (?:document|file|information|page) (?:as|in) an? .*",
    r"^.*\ball rights reserved$|^(?:©|\(c\)|copyright)(?: ©)? .{0,80}$",
)
# A line without a full stop that starts like this is a link, not advice.
_LINK_LINE = re.compile(
    rf"^{_INTRO}(?:{_SHOW_LINK}|back to|continue|find out|go to|listen|log in|print|return to|"
    r"search|sign in|sign up|skip to)\b(?!.*[.!?:;]$)"
)
_LONGEST = 1000  # characters of a sentence that is looked at
_LINK_LINE_WORDS = 16  # a longer line without a full stop is more likely a sentence
_SUBSTANCE = re.compile(
    r"@|\b\d{3,}[ \d]*\d{3}\b|\b\d{1,2}(?:[.:]\d{2})? ?[ap]\.?m\b|"
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"[£€]\s?\d|\b\d+(?:[.,]\d+)*\s?(?:%|(?:per cent|pounds?|pence)\b)",
    re.IGNORECASE,
)


def without_pointers(text: str, item: bool = False) -> tuple[str, tuple[str, ...]]:
    """Leave out what only points at a link.

    :param text: one paragraph or list item, white space already normal.
    :param item: whether it is a list item, which may be an instruction without a full stop.
    :return: the text that stays, empty when nothing does, and the parts that were left out.
    """
    kept: list[str] = []
    dropped: list[str] = []
    for sentence in split_sentences(text):
        rest = _without_clauses(sentence.text)
        if _only_points(rest, item):
            with_facts = re.sub(r" here(?=\W*$)", "", rest, flags=re.IGNORECASE)
            if with_facts == rest or not has_facts(rest):
                dropped.append(sentence.text)
                continue
            rest = with_facts
        if rest != sentence.text:
            dropped.append(sentence.text)
        kept.append(rest)
    if not dropped:
        return text, ()
    if all(sentence.endswith("?") for sentence in kept):
        # "Are you a trainee? Follow this link": the question was there for the link only.
        return "", (text,)
    return " ".join(kept), tuple(dropped)


def has_facts(text: str) -> bool:
    """Say whether a text states a date, a time, a sum, a telephone number or an e-mail address."""
    return _SUBSTANCE.search(text) is not None


def _without_clauses(sentence: str) -> str:
    rest = sentence
    if len(sentence) > _LONGEST:
        return sentence
    for clause, instead in _CLAUSES:
        rest = clause.sub(instead, rest)
    if rest == sentence:
        return sentence
    return rest[:1].upper() + rest[1:] if sentence[:1].isupper() else rest


def _only_points(sentence: str, item: bool) -> bool:
    if sentence.endswith(":") or len(sentence) > _LONGEST:
        return False  # it leads into a list, or says a lot
    bare = sentence.strip(" .!?…,;~–-\"'“”‘’")
    if any(pattern.match(bare) for pattern in _POINTERS):
        return True
    short = len(sentence.split()) <= _LINK_LINE_WORDS and not has_facts(sentence)
    return not item and short and _LINK_LINE.match(sentence.lower()) is not None
