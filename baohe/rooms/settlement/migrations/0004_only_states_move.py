"""Of disputes, accounts, batches and collections only the state moves, and a final one not even that; their history
and agreements never change: whatever code asks for it."""

from django.db import migrations

MOVING = {
    # table: (columns that may change, final states)
    "dispute": (("state", "due_at", "answer"), ("accepted", "corrected", "upheld")),
    "bankaccount": (
        ("state", "decided_by", "decided_by_name", "decided_at", "usable_from", "reason"),
        ("refused", "replaced"),
    ),
    "batch": (("state", "decided_by", "decided_by_name", "decided_at", "reason"), ("approved", "declined")),
    "batchitem": (("state", "reason", "done_on"), ("done", "failed", "dropped")),
    "collection": (("state", "remark", "paid_on"), ("paid", "closed")),
}
STAYING = ("disputestep", "agreement")

FUNCTIONS = """
CREATE FUNCTION settlement_only_state_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.state = ANY(string_to_array(TG_ARGV[1], ','))
        OR (to_jsonb(NEW) - string_to_array(TG_ARGV[0], ','))
            IS DISTINCT FROM (to_jsonb(OLD) - string_to_array(TG_ARGV[0], ',')) THEN
        RAISE EXCEPTION '% of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION settlement_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def _guards() -> str:
    made = [FUNCTIONS]
    for table, (columns, final) in MOVING.items():
        made.append(
            f"CREATE TRIGGER settlement_{table}_rows BEFORE UPDATE OR DELETE ON settlement_{table} FOR EACH ROW"
            f" EXECUTE FUNCTION settlement_only_state_moves('{','.join(columns)}', '{','.join(final)}');"
        )
    for table in STAYING:
        made.append(
            f"CREATE TRIGGER settlement_{table}_rows BEFORE UPDATE OR DELETE ON settlement_{table} FOR EACH ROW"
            f" EXECUTE FUNCTION settlement_never_changes();"
        )
    for table in (*MOVING, *STAYING):
        made.append(
            f"CREATE TRIGGER settlement_{table}_all BEFORE TRUNCATE ON settlement_{table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION settlement_never_changes();"
        )
    return "\n".join(made)


def _unguards() -> str:
    tables = (*MOVING, *STAYING)
    dropped = [
        f"DROP TRIGGER settlement_{table}_{which} ON settlement_{table};" for table in tables for which in ("rows", "all")
    ]
    return "\n".join(
        [*dropped, "DROP FUNCTION settlement_only_state_moves();", "DROP FUNCTION settlement_never_changes();"]
    )


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_disputes_and_payment")]

    operations = [migrations.RunSQL(_guards(), _unguards())]
