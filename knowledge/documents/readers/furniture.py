"""Lines of a pasted web page that belong to the site and not to the guidance."""

import re

from knowledge.documents.readers.lines import looks_like_heading
from knowledge.documents.readers.pointers import without_pointers

_MENU_TERMS = (
    "about", "about us", "account", "advice and support", "back", "basket", "blog", "campaigns",
    "careers", "close", "contact", "contact us", "cookies", "cymraeg", "donate", "events", "faq",
    "faqs", "help", "home", "jobs", "join", "join now", "join us", "login", "log in", "log out",
    "media", "menu", "my account", "navigation", "news", "our work", "press", "privacy",
    "privacy policy", "publications", "resources", "search", "shop", "sign in", "sitemap",
    "skip to content", "skip to main content", "support", "terms and conditions", "toggle menu",
    "toggle navigation", "training", "what we do", "who we are", "your account",
)  # fmt: skip
_MENU = re.compile(
    rf"(?:(?:{'|'.join(sorted(_MENU_TERMS, key=len, reverse=True))})(?:[\s|/•·>,-]+|$))+",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"[^.!?:;]{1,80}\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|ico|pdf|docx?|xlsx?|pptx?|zip|mp[34])"
    r"(?:\s*[(\[][^)\]]*[)\]])?",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"you are here:?.*|(?:home|start)\s*[>»›/\\→|]\s*\S.*|"
    r"[^>»›→.]{2,60}(?:\s*[>»›→]\s*[^>»›→.]{2,80}){2,}",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:skip|jump) to\b.*|back to (?:the )?(?:top|list|news|results|home)\b.*|"
    r"print(?: this page)?|"
    r"(?:categor(?:y|ies)|tags?|tagged(?: with)?|filed under|topics?|posted in)\s*:.*|"
    r"(?:share|tweet|pin|email|like)(?: this)?(?: \d+)?|loading\.*|advertisement|sponsored|"
    r"(?:previous|next|older|newer)(?: (?:post|article|page|story)s?)?(?:\s*[:«»←→].*)?|"
    r"[«←].*|.*[»→]|"
    r"\d+ (?:minutes?|mins?) read|(?:read|estimated reading) time:?.*|page \d+ of \d+|"
    r"(?:written |posted )?by [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2}|"
    r"(?:image|photo|picture)(?: credit)?s?\s*:.*",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:comments?|responses?|repl(?:y|ies)|thoughts?)(?: \(\d+\)| on\b.*| to\b.*)?|"
    r"(?:leave|post|add|write) (?:a |your )?(?:comment|reply)|comments are closed",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"related(?: \w+)?|see also|(?:more|also) (?:in|from|on) this .*|"
    r"you may also (?:like|be interested in)|"
    r"(?:most )?(?:popular|recent|read)(?: posts?| articles?| stories| now)?|read next|quick links|"
    r"useful links|share this(?: \w+)?|follow us|(?:in|on) this (?:section|page)|archives?|"
    r"categories|tags|recent comments|upcoming events|contents",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"(?:latest|recent|related|more|our)? ?news(?: stories)?|in the news|latest updates?",
    re.IGNORECASE,
)


_LONGEST = 200  # characters; a longer line is text, and patterns need not be tried on it


def is_menu(text: str) -> bool:
    """Say whether a line is made of menu entries only, such as "Home Menu" or "Contact us"."""
    return len(text) <= _LONGEST and _MENU.fullmatch(text) is not None


def is_breadcrumb(text: str) -> bool:
    """Say whether a line shows where the page is on its site: "Home > Advice > Pay"."""
    return len(text) <= _LONGEST and _BREADCRUMB.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Say whether a line says nothing by itself: a file name, a share button, a list of tags."""
    if not any(character.isalnum() for character in text):
        return True
    if len(text) > _LONGEST:
        return False
    if _FILE.fullmatch(text) or _FURNITURE.fullmatch(text) or is_breadcrumb(text):
        return True
    return looks_like_heading(text) and not without_pointers(text, item=True)[0]


def starts_comments(text: str) -> bool:
    """Say whether readers' comments begin below this line."""
    return _COMMENTS.fullmatch(text) is not None


def starts_related(text: str) -> bool:
    """Say whether a list of links to other pages begins below this line."""
    return _RELATED.fullmatch(text) is not None


def is_news_label(text: str) -> bool:
    """Say whether a news article begins below this line."""
    return _NEWS.fullmatch(text) is not None
