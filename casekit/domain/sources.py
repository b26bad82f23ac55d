"""The works the evidence cites: one list, merged by DOI or PMID, found under any of their ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_AUTHOR = r"((?:[a-z]+ ){0,3}[^\W\d_][\w'’-]+(?: [A-Z][a-z]+)?) [A-Z]{1,4}[ ,.]"
_YEAR = r"\b(?:19|20)\d\d\b"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication. `aliases` are other ids of the same work; `also` what a second list said of it."""

    id: str
    citation: str
    kind: str = ""
    type: str = ""
    doi: str = ""
    pmid: str = ""
    aliases: tuple[str, ...] = ()
    identifier_verification: str = ""
    verification: str = ""
    role: str = ""
    seen_at: str | tuple[str, ...] = ()
    also_seen_at: str | tuple[str, ...] = ()
    abstract_seen_at: str | tuple[str, ...] = ()
    note: str = ""
    reviewed: int | str = ""
    also: tuple[Any, ...] = ()
    cited_in: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """A public address of the work, or an empty string if neither DOI nor PMID is known."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return ""

    @property
    def short(self) -> str:
        """Author and year as a reader names the work, "van der Windt 2010"; else its first words."""
        years = re.findall(_YEAR, self.citation)
        author = re.match(_AUTHOR, self.citation)
        name = author.group(1) if author else " ".join(self.citation.rstrip(".").split()[:4])
        return f"{name} {years[-1]}" if years and years[-1] not in name else name


@dataclass(frozen=True, kw_only=True)
class SourceList:
    """Every source; look one up by its id or an alias."""

    items: tuple[Source, ...]

    @cached_property
    def _by_id(self) -> dict[str, Source]:
        table = {alias: source for source in self.items for alias in source.aliases}
        table.update({source.id: source for source in self.items})
        return table

    def get(self, source_id: str) -> Source | None:
        """The source of this id or alias, or None."""
        return self._by_id.get(source_id)

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._by_id

    def __iter__(self) -> Iterator[Source]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
