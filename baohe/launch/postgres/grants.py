"""What the running platform may do in its own database: read and write, and never change what only grows.

The triggers of those tables refuse every change as well. They belong to the owner, who could switch them off; the
platform's own role cannot, so a hole in the application does not reach the books.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from baohe.launch.postgres.server import Addresses

ONLY_GROW = (
    "allowances_redemption",
    "call_backs_answered",
    "catalog_productversion",
    "catalog_stopsale",
    "claim_links_notice",
    "claims_claimdecision",
    "claims_claimmessage",
    "claims_correction",
    "claims_coveruse",
    "claims_escalation",
    "claims_milestone",
    "claims_move",
    "claims_payee",
    "claims_recovery",
    "claims_recoverymove",
    "claims_reservemove",
    "commission_move",
    "consent_consentevent",
    "disbursements_disbursementevent",
    "documents_shownpaper",
    "evidence_evidencecheckpoint",
    "evidence_evidenceleaf",
    "evidence_evidencelog",
    "evidence_evidencetile",
    "fraud_feedback",
    "fraud_look",
    "fraud_raisedsignal",
    "identification_entrysound",
    "identification_hitevent",
    "identification_listentry",
    "identification_step",
    "identification_stepevent",
    "ledger_closedmonth",
    "ledger_ledgerentry",
    "ledger_monthbalance",
    "ledger_posting",
    "parametric_outcome",
    "parametric_refusedreport",
    "parametric_report",
    "parametric_settlement",
    "parametric_sourcekey",
    "parametric_watch",
    "payments_callbackrecord",
    "payments_paymentattempt",
    "people_readlog",
    "policies_endorsement",
    "policies_premiumreceipt",
    "policies_proposalpaper",
    "policies_proposalsignature",
    "quoting_quote",
    "reconciliation_itemevent",
    "recordings_build",
    "recordings_page",
    "recordings_part",
    "recordings_style",
    "recordings_subject",
    "recordings_viewing",
    "service_clocks_serviceescalation",
    "settlement_agreement",
    "settlement_disputestep",
    "studio_draftsave",
    "studio_draftsource",
    "studio_studioevent",
    "suitability_assessment",
    "suitability_statement",
    "underwriting_declaration",
    "underwriting_referraldecision",
    "underwriting_referralevent",
    "underwriting_ruleset",
)
"""Tables that take new rows and nothing else."""

MAY_CHANGE = {
    "evidence_evidenceleaf": ("leaf_index", "opening"),
    "evidence_evidencetile": ("hashes",),
    "identification_step": ("kept_until", "detail_sealed", "destroyed_at"),
    "recordings_part": ("body",),
}
"""The columns of a growing table that change: a leaf is given its place, its opening is destroyed when a person is
erased, the last tile of a level fills up, a recorded part is emptied after its date; a step of
identification is kept with the contracts and emptied after its date. Their triggers let through no
other change of them."""

_OWNERS_OWN = ("django_migrations", "launch_preparation")


def give(addresses: Addresses) -> None:
    """Rights for the platform's role on all tables there are now; repeating it changes nothing. Where the platform
    and the owner are one role, there is nothing to give."""
    with psycopg.connect(addresses.owner) as connection:
        role = psycopg.conninfo.conninfo_to_dict(addresses.application).get("user")
        if role is None or role == connection.info.user:
            return
        for sentence in _sentences():
            connection.execute(sql.SQL(sentence).format(role=sql.Identifier(str(role))))
        for table in ONLY_GROW:
            _narrow(connection, str(role), table, "UPDATE, DELETE, TRUNCATE")
        for table, columns in MAY_CHANGE.items():
            grant, named = sql.SQL("GRANT UPDATE ({}) ON {} TO {}"), sql.SQL(", ").join(map(sql.Identifier, columns))
            connection.execute(grant.format(named, sql.Identifier(table), sql.Identifier(str(role))))
        for table in _OWNERS_OWN:
            _narrow(connection, str(role), table, "INSERT, UPDATE, DELETE, TRUNCATE")


def _sentences() -> tuple[str, ...]:
    return (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    )


def _narrow(connection: psycopg.Connection[tuple[object, ...]], role: str, table: str, rights: str) -> None:
    if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() == (None,):
        return  # launch_preparation is made with the first preparation, after this
    sentence = sql.SQL("REVOKE {} ON {} FROM {}").format(sql.SQL(rights), sql.Identifier(table), sql.Identifier(role))
    connection.execute(sentence)
