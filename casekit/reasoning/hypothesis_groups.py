"""Labels that no bedside test separates, shown as one group before they are split.

Strain, sprain, non-specific and myofascial pain are published under one total; the split is a teaching
assumption, so a learner is first judged on the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casekit.domain.priors import PriorGroup

IDIOPATHIC_AXIAL = "idiopathic_axial"
"""Id of the group that is shown as one."""


def grouped(probabilities: Mapping[str, float], groups: Iterable[PriorGroup]) -> dict[str, float]:
    """Probabilities with the members of each group added up under the id of the group.

    The group stands where its first member stood; the sum does not change. A member of two groups goes to
    the first of them.
    """
    home: dict[str, str] = {}
    for group in groups:
        for member in group.members:
            home.setdefault(member, group.id)
    merged: dict[str, float] = {}
    for name, value in probabilities.items():
        place = home.get(name, name)
        merged[place] = merged.get(place, 0.0) + value
    return merged
