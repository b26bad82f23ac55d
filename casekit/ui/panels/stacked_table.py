"""A table whose rows fold into short stacks on a narrow screen, and stay a table for a screen reader.

The roles are written out because a browser may drop them once a row is laid out as a grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import htpy as h


@dataclass(frozen=True, kw_only=True)
class Row:
    """Cells of one row, the first its heading. `css` marks the row, "" for a plain one."""

    cells: Sequence[h.Node]
    css: str = ""


def stacked_table(
    css: str, caption: str, columns: Sequence[tuple[str, h.Node]], rows: Iterable[Row]
) -> h.Element:
    """A table with a caption for the ear. `columns`: the class of a column's cells, and its heading."""
    return h.table(f".ck-stacked.{css}", role="table")[
        h.caption(".ck-hidden")[caption],
        h.thead(role="rowgroup")[
            h.tr(role="row")[
                [h.th(f".{name}", scope="col", role="columnheader")[head] for name, head in columns]
            ]
        ],
        h.tbody(role="rowgroup")[[_row(row, [name for name, _ in columns]) for row in rows]],
    ]


def _row(row: Row, names: Sequence[str]) -> h.Element:
    first, *rest = zip(names, row.cells, strict=True)
    return h.tr(class_=row.css or None, role="row")[
        h.th(f".{first[0]}", scope="row", role="rowheader")[first[1]],
        [h.td(f".{name}", role="cell")[cell] for name, cell in rest],
    ]
