"""What came back: the reports of the ordered tests, and how common the same is in people without pain."""

from __future__ import annotations

from collections.abc import Sequence

import htpy as h

from casekit.domain.case import Fact
from casekit.domain.evidence import Evidence
from casekit.errors import InputError, UnknownIdError
from casekit.reasoning.imaging import PainFreePrevalence, prevalence_without_pain
from casekit.ui.markup import source_chip, verification_mark
from casekit.ui.panels.ratio_marks import percent_ticks, prevalence
from casekit.ui.panels.stacked_table import Row, stacked_table

_COLUMNS = (
    ("ck-c-name", "Finding"),
    ("ck-c-chart", percent_ticks(25)),
    ("ck-c-share", "Of 100 people"),
    ("ck-c-checked", "Checked"),
)


def delay_words(days: float) -> str:
    """How long a result takes: "same day", "1 day", "14 days"."""
    if not days:
        return "same day"
    return "1 day" if days == 1 else f"{days:g} days"


def reports(ordered: Sequence[Fact]) -> h.Element:
    """The reports in the order of the tests, each with its day."""
    return h.div(".ck-reports")[
        [
            h.article(".ck-report")[
                h.div(".ck-part-head")[
                    h.h3[f"Report: {fact.ask}"], h.span(".ck-note")[_day(fact.delay_days)]
                ],
                h.p[fact.reply],
            ]
            for fact in ordered
        ]
    ]


def pain_free(evidence: Evidence, ordered: Sequence[Fact], age: float) -> h.Node:
    """How often the same is seen in people of this age who have no pain. Nothing if none is listed."""
    shown = list(dict.fromkeys(name for fact in ordered for name in fact.shows))
    if not shown:
        return None
    found = [(name, _figures(evidence, name, age)) for name in shown]
    known = [figures for _, figures in found if figures is not None]
    about = f", at about {known[0].age_column}" if known else ""
    table = evidence.diagnosis.asymptomatic_imaging_prevalence
    rows = [_row(evidence, name, figures) for name, figures in found]
    level = known[0].verification if known else "recalled"
    return h.section(".ck-part")[
        h.h3[f"How common is that without pain{about}?"],
        stacked_table(
            "ck-pain-free", "Share of people without back pain whose scan shows it", _COLUMNS, rows
        ),
        h.p(".ck-note")[
            "Share of people ",
            h.em["without"],
            " back pain whose scan shows it; the evidence holds no interval. It is not a false-positive "
            "rate: it tells how little the picture says alone. ",
            source_chip(evidence.sources.get(table.source), level),
        ],
    ]


def _figures(evidence: Evidence, name: str, age: float) -> PainFreePrevalence | None:
    try:
        return prevalence_without_pain(evidence.diagnosis, name, age)
    except (UnknownIdError, InputError):  # no figure for it, or none at this age: shown as such
        return None


def _row(evidence: Evidence, name: str, figures: PainFreePrevalence | None) -> Row:
    if figures is None:
        known = evidence.diagnosis.findings_by_id.get(name)
        return Row(cells=[known.label if known else name, None, "No figure for this age.", None])
    share = h.span[h.strong[f"{figures.percent:g}"], " of 100"]
    return Row(
        cells=[figures.label, prevalence(figures.percent), share, verification_mark(figures.verification)]
    )


def _day(days: float) -> str:
    return f"day {days:g}" if days else "same day"
