"""One condition, finding by finding: ratio with interval, its mark, the probability after it, the source.

Findings that speak only about other hypotheses are gathered in one quiet row, so that every bar begins where
the one above it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import htpy as h

from casekit.domain.evidence import Evidence
from casekit.domain.sources import SourceList
from casekit.domain.vocabulary import State
from casekit.reasoning.differential_result import Differential
from casekit.reasoning.steps import Status, WalkPoint
from casekit.reasoning.steps import Step as FindingStep
from casekit.reasoning.weights import Kind
from casekit.ui.markup import source_chip, verification_mark
from casekit.ui.panels.figures import ratio_text, share
from casekit.ui.panels.ratio_marks import forest, forest_ticks, percent_ticks, step_bar
from casekit.ui.panels.stacked_table import Row, stacked_table

_COLUMNS = (
    ("ck-c-name", "Finding"),
    ("ck-c-ratio", ["Ratio ", h.span(".ck-nowrap")["(95 %)"]]),
    ("ck-c-forest", [h.span(".ck-ends")[h.span["Against"], h.span["For"]], forest_ticks()]),
    ("ck-c-step", ["Probability after it", percent_ticks(50)]),
    ("ck-c-after", h.span(".ck-hidden")["Probability after it, in figures"]),
    ("ck-c-source", "Source"),
)
_NOT_COUNTED = (Status.ALREADY_COUNTED, Status.IGNORED)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One finding that speaks about the condition, or a run of those that do not."""

    points: tuple[WalkPoint, ...]
    before: float

    @property
    def after(self) -> float:
        """The condition's probability at its end."""
        return self.points[-1].probability

    @property
    def step(self) -> FindingStep | None:
        """What the finding says about the condition, if it says anything with a ratio or a floor."""
        step = self.points[0].step
        return step if step is not None and _speaks(step) else None


def finding_table(evidence: Evidence, result: Differential, condition: str) -> h.Element:
    """The table of one condition, from the starting point to the last finding."""
    names = evidence.diagnosis.names
    rows = [_start(evidence, result, condition)]
    rows += [
        _row(evidence, stretch) for stretch in stretches(result.pretest[condition], result.walk(condition))
    ]
    return stacked_table("ck-findings", f"{names[condition]}, finding by finding", _COLUMNS, rows)


def stretches(start: float, walk: Iterable[WalkPoint]) -> list[Stretch]:
    """The walk in stretches; each begins at the probability where the one before it ended."""
    done: list[Stretch] = []
    quiet: list[WalkPoint] = []
    before = start
    for point in walk:
        if point.step is None or not _speaks(point.step):
            quiet.append(point)
            continue
        if quiet:
            done.append(Stretch(points=tuple(quiet), before=before))
            before, quiet = quiet[-1].probability, []
        done.append(Stretch(points=(point,), before=before))
        before = point.probability
    return [*done, Stretch(points=tuple(quiet), before=before)] if quiet else done


def _speaks(step: FindingStep) -> bool:
    return step.ratio is not None or step.status is Status.RAISED


def _start(evidence: Evidence, result: Differential, condition: str) -> Row:
    table = evidence.diagnosis.prior_table(result.reading.setting)
    entry = next(entry for entry in table.entries if entry.condition == condition)
    used = [row for row in result.multipliers if row.condition == condition]
    words = [f"{row.attribute.replace('_', ' ')} {row.value} × {row.multiplier:g}" for row in used]
    assumed = f"; {', '.join(words)} (teaching assumption)" if words else ""
    chip = source_chip(evidence.sources.get(entry.source or ""), entry.verification)
    basis = "" if entry.basis == "published" else "Teaching assumption. "
    probability = result.pretest[condition]
    setting = result.reading.setting.replace("_", " ")
    note = f"Table: {share(entry.probability)} %{assumed}. {basis}{entry.note}"
    return Row(
        cells=[
            [h.span(".ck-finding")[f"Starting point, {setting}"], h.p(".ck-note")[note]],
            h.span(".ck-hidden")["none"],
            forest(None),
            step_bar(probability, probability),
            f"{share(probability)} %",
            chip,
        ],
        css="ck-start",
    )


def _row(evidence: Evidence, stretch: Stretch) -> Row:
    bar, after = step_bar(stretch.before, stretch.after), f"{share(stretch.after)} %"
    step = stretch.step
    if step is None:
        return Row(
            cells=[_quiet(evidence, stretch.points), None, forest(None), bar, after, None], css="ck-quiet"
        )
    return Row(
        cells=[
            _finding(evidence, step),
            _ratio(step),
            _mark(step),
            bar,
            after,
            _source(evidence.sources, step),
        ],
        css="ck-not-counted" if step.status in _NOT_COUNTED else "",
    )


def _quiet(evidence: Evidence, points: Sequence[WalkPoint]) -> h.Node:
    names = [f"{evidence.diagnosis.finding(point.finding).label}: {point.state}" for point in points]
    several = f"{len(names)} findings say" if len(names) > 1 else "1 finding says"
    return h.details(data_keep=f"quiet-{points[0].finding}")[
        h.summary(".ck-note")[f"{several} nothing about it"], h.ul(".ck-note")[[h.li[name] for name in names]]
    ]


def _finding(evidence: Evidence, step: FindingStep) -> h.Node:
    label = evidence.diagnosis.finding(step.finding).label
    absent = step.state is State.ABSENT
    return [
        h.span(".ck-finding")[label],
        " ",
        h.span(".ck-state")["absent" if absent else "present"],
        " ",
        _tags(step),
        [h.p(".ck-note")[note] for note in _notes(evidence, step)],
        _caveat(step),
    ]


def _tags(step: FindingStep) -> list[h.Node]:
    words = {
        Status.CAPPED: ("▽ capped", ".ck-capped"),
        Status.FLOORED: ("△ held up", ".ck-capped"),
        Status.ALREADY_COUNTED: ("already counted", ".ck-dashed"),
        Status.IGNORED: ("not counted", ".ck-dashed"),
        Status.RAISED: ("floor", ".ck-capped"),
    }
    tags: list[h.Node] = []
    if step.status in words:
        text, css = words[step.status]
        tags.append(h.span(f".ck-tag{css}")[text])
    if step.kind is not Kind.MEASURED and step.status is not Status.RAISED:
        tags.append(
            h.span(".ck-tag.ck-dashed")["opinion" if step.kind is Kind.OPINION else "defining, by rule"]
        )
    return [part for tag in tags for part in (tag, " ")]


def _notes(evidence: Evidence, step: FindingStep) -> list[str]:
    notes = [step.population] if step.population else []
    if step.status is Status.ALREADY_COUNTED and step.by:
        notes.append(f"Tells the same story as “{evidence.diagnosis.finding(step.by).label}”. {step.reason}")
    elif step.status in (Status.CAPPED, Status.FLOORED) and step.raw_ratio is not None:
        interval = f" ({_interval(step.interval)})" if step.interval else ""
        notes.append(f"Published {ratio_text(step.raw_ratio)}{interval}. {step.reason}".strip())
    elif step.reason:
        notes.append(step.reason)
    return notes


def _caveat(step: FindingStep) -> h.Node:
    text = " ".join(filter(None, (step.caveat, step.warning)))
    if not text:
        return None
    return h.details(data_keep=f"caveat-{step.condition}-{step.finding}")[
        h.summary(".ck-note")["Caution"], h.p(".ck-note")[text]
    ]


def _ratio(step: FindingStep) -> h.Node:
    if step.ratio is None:
        return h.span(".ck-hidden")["none"]
    text = f"× {ratio_text(step.ratio)}"
    if step.status in _NOT_COUNTED:
        number: h.Node = [h.span(".ck-hidden")["does not count: "], h.s[text]]
    else:
        number = h.strong[text] if step.kind is Kind.MEASURED else text
    interval = (
        _interval(step.interval) if step.interval else "no interval" if step.kind is Kind.MEASURED else None
    )
    return [number, h.small[interval] if interval else None]


def _interval(interval: tuple[float, float]) -> str:
    return f"{ratio_text(interval[0])} to {ratio_text(interval[1])}"


def _mark(step: FindingStep) -> h.Element:
    held = step.raw_ratio if step.status in (Status.CAPPED, Status.FLOORED) else None
    shape = "square" if step.kind is Kind.MEASURED else "diamond"
    return forest(
        step.ratio, step.interval, mark=shape, counts=step.status not in _NOT_COUNTED, held_from=held
    )


def _source(sources: SourceList, step: FindingStep) -> h.Node:
    if step.kind is Kind.MEASURED and step.verification is not None:
        return source_chip(sources.get(step.source), step.verification)
    mark = verification_mark(step.verification) if step.verification is not None else None
    return h.span(".ck-source")["Graded opinion", mark]
