"""Marks that the tools which make pages put into them, and whose meaning is certain.

A class that an author has chosen means nothing here: "related" or "sharing" may well be the subject
of a section. These are the names that a tool itself gives to its own parts.
"""

from collections.abc import Iterator

from bs4 import Tag

from knowledge.documents.blocks import LeftOutKind

# Tool: what it calls its parts that are no guidance.
_LEFT_OUT: dict[str, dict[LeftOutKind, str]] = {
    "Bootstrap": {"hidden": "sr-only visually-hidden"},
    "GOV.UK Frontend": {
        "hidden": "govuk-visually-hidden govuk-warning-text__icon",
        "menu": "govuk-skip-link govuk-breadcrumbs govuk-back-link govuk-pagination "
        "govuk-accordion__controls govuk-accordion__section-toggle",
        "banner": "govuk-cookie-banner govuk-phase-banner govuk-header govuk-service-navigation",
        "about the page": "govuk-footer",
        "form": "govuk-summary-list__actions",
    },
    "GOV.UK publishing components": {
        "menu": "gem-c-contents-list gem-c-breadcrumbs gem-c-contextual-breadcrumbs "
        "gem-c-skip-link gem-c-back-to-top-link gem-c-layout-super-navigation-header "
        "gem-c-pagination gem-c-print-link gem-c-contents-list-with-body__link-container",
        "banner": "gem-c-cookie-banner gem-c-phase-banner gem-c-intervention",
        "form": "gem-c-feedback gem-c-single-page-notification-button gem-c-signup-link",
        "related": "gem-c-contextual-sidebar gem-c-contextual-footer gem-c-related-navigation "
        "gem-c-share-links",
        "about the page": "gem-c-metadata gem-c-published-dates gem-c-organisation-logo",
    },
    "Sphinx": {"pointer": "headerlink viewcode-link", "menu": "sphinxsidebar"},
    "MkDocs Material": {
        "menu": "md-skip md-header md-tabs md-sidebar md-content__button",
        "about the page": "md-source-file md-footer",
        "form": "md-feedback md-search",
    },
    "WordPress": {
        "hidden": "screen-reader-text",
        "comments": "comments-area comment-respond wp-block-comments",
        "menu": "post-navigation posts-navigation wp-block-post-navigation-link "
        "wp-block-table-of-contents",
        "related": "wp-block-social-links wp-block-latest-posts wp-block-tag-cloud",
        "about the page": "entry-meta entry-footer",
    },
    "WordPress plug-ins Jetpack, AddToAny, YARPP, Easy Table of Contents": {
        "related": "sharedaddy jp-relatedposts addtoany_share_save_container yarpp-related",
        "menu": "ez-toc-container",
    },
    "Drupal": {
        "hidden": "visually-hidden element-invisible",
        "menu": "contextual contextual-links",
        "about the page": "node__submitted node__links",
    },
    "SharePoint": {
        "hidden": "ms-accessible ms-hidden ms-hide",
        "menu": "ms-core-navigation ms-breadcrumb-box",
        "banner": "ms-core-overlay-header",
    },
    "MediaWiki": {"pointer": "mw-editsection", "menu": "mw-jump-link", "related": "catlinks"},
    "Microsoft Word": {"menu": "MsoToc1 MsoToc2 MsoToc3 MsoTocHeading", "comment": "msocomtxt"},
    "Google icon fonts": {"picture": "material-icons material-symbols-outlined"},
    "AnchorJS": {"pointer": "anchorjs-link"},
    "Cookie banners: OneTrust, Cookiebot, CookieYes, Civic, Osano, Complianz": {
        "banner": "onetrust-banner-sdk onetrust-pc-dark-filter cky-consent-container "
        "cky-consent-bar cc-window cmplz-cookiebanner",
    },
}
_LEFT_OUT_IDS: dict[str, dict[LeftOutKind, str]] = {
    "OneTrust, Cookiebot, Civic, EU Cookie Compliance": {
        "banner": "onetrust-consent-sdk CybotCookiebotDialog ccc sliding-popup",
    },
    "SharePoint": {"menu": "SuiteNavWrapper suiteBarDelta s4-ribbonrow sideNavBox"},
}
# Tool: what it calls a box with a remark inside the guidance.
_NOTES = {
    "GOV.UK Frontend": "govuk-notification-banner govuk-inset-text govuk-warning-text",
    "GOV.UK publishing components": "gem-c-notice application-notice call-to-action",
    "Sphinx, MkDocs": "admonition",
    "Docusaurus": "theme-admonition",
    "VuePress": "custom-block",
    "GitHub": "markdown-alert",
}


def _by_name(tools: dict[str, dict[LeftOutKind, str]]) -> dict[str, LeftOutKind]:
    return {
        name: kind
        for kinds in tools.values()
        for kind, names in kinds.items()
        for name in names.split()
    }


_KINDS = _by_name(_LEFT_OUT)
_KINDS_BY_ID = _by_name(_LEFT_OUT_IDS)
_NOTE_NAMES = frozenset(name for names in _NOTES.values() for name in names.split())


def classes(tag: Tag) -> Iterator[str]:
    """Give the names of a tag's classes."""
    value = tag.get("class") or []
    yield from value.split() if isinstance(value, str) else value


def left_out_kind(tag: Tag) -> LeftOutKind | None:
    """Say what a part of a page is, when its tool marks it as no guidance."""
    by_id = _KINDS_BY_ID.get(str(tag.get("id") or ""))
    return by_id or next((_KINDS[name] for name in classes(tag) if name in _KINDS), None)


def is_note(tag: Tag) -> bool:
    """Say whether a tool marks a part as a box with a remark."""
    return any(name in _NOTE_NAMES for name in classes(tag))
