"""What a table is called, where the title above it is not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.words.headers import is_section, title_role
from ontology import Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from ingest.words.headers import Role

CAPTIONS = {
    Table.DIAGNOSTIC: "Diagnostic",
    Table.SYNTHESIS: "Synthèse",
    Table.PLAN: "Plan d’action",
    Table.FINDINGS: "Relevé",
}


def caption(section: str, table: Table, roles: Collection[Role | None] = ()) -> str:
    """The section of a table: the title above it, unless that is the title of a list that went before."""
    role = title_role(section) if section and not is_section(section) else None
    listed = role is not None and role not in roles
    return section if section and not listed else CAPTIONS.get(table, section)
