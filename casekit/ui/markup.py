"""Small pieces of markup that every panel uses. htpy escapes all text; Markdown is read with HTML off.

Nothing else in casekit makes HTML from text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import htpy as h
from markdown_it import MarkdownIt
from markupsafe import Markup

from casekit.domain.sources import Source
from casekit.domain.vocabulary import Verification

VERIFICATION_WORDS = {
    Verification.TEXT: ("●", "read in source"),
    Verification.SECONDARY: ("◐", "second-hand"),
    Verification.RECALLED: ("◌", "unverified"),
    Verification.DERIVED: ("=", "derived"),
}
VERDICTS = {
    # glyph, word; the glyph's class carries the colour
    "recommended": ("✓", "Recommended"),
    "consider": ("◐", "Consider"),
    "uncertain": ("○", "Uncertain"),
    "not_recommended": ("▽", "Not recommended"),
    "contraindicated": ("⊗", "Contraindicated"),
    "not_rated": ("– –", "Not rated"),
}


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """Markdown as markup. HTML in it is shown as text; pictures and unsafe links are not made."""
    return Markup(_reader().render(text))  # noqa: S704 (HTML is off in the reader)


def spoken(text: str) -> h.Element:
    """The patient's own words, in the patient's voice."""
    return h.blockquote(".ck-voice")[markdown("“" + text.strip() + "”")]


def commit_bar(label: str, act: str, consequence: h.Node, *, data: Mapping[str, str] | None = None,
               why_not: str = "", second: h.Node = None) -> h.Element:  # fmt: skip
    """The one primary button of a screen with its consequence beside it. `why_not` disables it."""
    disabled = {"aria-disabled": "true"} if why_not else {}
    return h.div(".ck-commit")[
        h.p(".ck-consequence")[why_not or consequence],
        h.div(".ck-buttons")[second, button(label, act, primary=True, data=data, attributes=disabled)],
    ]


def button(label: str, act: str, *, primary: bool = False, data: Mapping[str, str] | None = None,
           attributes: Mapping[str, str] | None = None, kind: str = "act") -> h.Element:  # fmt: skip
    """A button that sends a deed (or, with kind="choose", a change of view)."""
    extra = {f"data-{name}": value for name, value in (data or {}).items()}
    css = ".ck-button.ck-primary" if primary else ".ck-button"
    return h.button(css, {**extra, **(attributes or {})}, type="button", data_send=kind, data_act=act)[label]


def link_button(
    label: str, act: str, *, data: Mapping[str, str] | None = None, kind: str = "choose"
) -> h.Element:
    """An action that reads as a link."""
    extra = {f"data-{name}": value for name, value in (data or {}).items()}
    return h.button(".ck-link", extra, type="button", data_send=kind, data_act=act)[label]


def notice(kind: str, title: str, text: h.Node = None, buttons: h.Node = None) -> h.Element:
    """A notice with a bar at its left: accent, edge, caution or error."""
    role = {"role": "alert"} if kind == "error" else {}
    return h.div(f".ck-notice.ck-{kind}", role)[
        h.div[h.p[h.strong[title], " ", text]], h.div(".ck-buttons")[buttons] if buttons else None
    ]


def empty(fact: str, next_step: str) -> h.Element:
    """What an empty place says: a fact and a next step."""
    return h.div(".ck-empty")[h.p[h.strong[fact]], h.p[next_step]]


def verification_mark(level: str) -> h.Element:
    """The mark and word of a verification level."""
    glyph, word = VERIFICATION_WORDS.get(Verification(level), ("◌", "unverified"))
    return h.span(".ck-verification")[h.span(aria_hidden="true")[glyph], f" {word}"]


def source_chip(source: Source | None, verification: str) -> h.Element:
    """A source as link, with how it was checked."""
    if source is None:
        return h.span(".ck-source")[h.span["Practice"], " ", verification_mark(verification)]
    name: h.Node = source.short
    if source.url:
        name = h.a(href=source.url, target="_blank", rel="noopener noreferrer", title=source.citation)[
            source.short
        ]
    return h.span(".ck-source")[name, " ", verification_mark(verification)]


def verdict(category: str, detail: str = "") -> h.Element:
    """A verdict by glyph, word and colour, in this order of importance."""
    glyph, word = VERDICTS[category]
    return h.span(f".ck-verdict.ck-{category.replace('_', '-')}")[
        h.span(".ck-glyph", aria_hidden="true")[glyph], h.span[word], h.small[detail] if detail else None
    ]


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[h.Node]], *, css: str = "") -> h.Element:
    """A plain table with caption and column headings; the first cell of a row is its heading."""
    body = [
        h.tr[[h.th(scope="row")[cell] if number == 0 else h.td[cell] for number, cell in enumerate(row)]]
        for row in rows
    ]
    return h.div(".ck-scroll", tabindex="0", role="region", aria_label=caption)[
        h.table(f".ck-table{css}")[
            h.caption[caption], h.thead[h.tr[[h.th(scope="col")[name] for name in head]]], h.tbody[body]
        ]
    ]


def figure(svg: str, title: str, description: str, as_table: h.Node, *, note: str = "") -> h.Element:
    """A drawn figure with its title, description and the same as a table. `svg` comes from our plots."""
    return h.figure(".ck-figure")[
        h.figcaption[h.strong[title], " ", h.span(".ck-note")[note] if note else None],
        h.div(".ck-svg", role="img", aria_label=f"{title}. {description}")[Markup(svg)],  # noqa: S704
        h.details(".ck-as-table")[h.summary["Show as table"], as_table],
    ]


def percent(probability: float) -> str:
    """A probability as people read it: 63 %, 0.4 %, below 0.1 %."""
    value = probability * 100
    if 0 < value < 0.1:
        return "below 0.1 %"
    return f"{value:.1f} %" if value < 1.95 and round(value, 1) != round(value) else f"{value:.0f} %"


def short_name(instrument: str) -> str:
    """The abbreviation an instrument goes by: odi is ODI, nrs_pain is NRS, rmdq24 is RMDQ."""
    return instrument.split("_")[0].rstrip("0123456789").upper()
