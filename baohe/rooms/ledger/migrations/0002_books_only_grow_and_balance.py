"""The two promises of the books, kept by the database itself.

Balanced: one deferred constraint trigger per entry counts and adds its postings at commit. Together with
`posting_numbered`, the key (entry, line) and the foreign key below, a committed entry is complete for ever: all of
its line numbers are taken, and a posting without its entry, with another shard or another count is refused.

Append-only: update, delete and truncate are refused.
"""

from django.db import migrations

BALANCED = """
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counted bigint;
    balanced boolean;
BEGIN
    SELECT coalesce(sum(n), 0), coalesce(bool_and(total = 0), true) INTO counted, balanced
    FROM (SELECT count(*) AS n, sum(amount_fen) AS total
          FROM ledger_posting WHERE entry_id = NEW.id GROUP BY currency) AS by_currency;
    IF counted <> NEW.lines THEN
        RAISE EXCEPTION 'ledger entry % has % of its % postings', NEW.id, counted, NEW.lines
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_complete', TABLE = 'ledger_ledgerentry';
    END IF;
    IF NOT balanced THEN
        RAISE EXCEPTION 'ledger entry % does not add up to 0', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced', TABLE = 'ledger_ledgerentry';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON ledger_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

ALTER TABLE ledger_posting ADD CONSTRAINT posting_belongs
    FOREIGN KEY (entry_id, shard_key, lines) REFERENCES ledger_ledgerentry (id, shard_key, lines)
    DEFERRABLE INITIALLY DEFERRED;
"""

NOT_BALANCED = """
ALTER TABLE ledger_posting DROP CONSTRAINT posting_belongs;
DROP TRIGGER entry_balances ON ledger_ledgerentry;
DROP FUNCTION ledger_entry_balances();
"""

APPEND_ONLY = """
CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: correct it by a reversal', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER entry_only_grows BEFORE UPDATE OR DELETE ON ledger_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER entry_never_emptied BEFORE TRUNCATE ON ledger_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER posting_only_grows BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER posting_never_emptied BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
"""

NOT_APPEND_ONLY = """
DROP TRIGGER posting_never_emptied ON ledger_posting;
DROP TRIGGER posting_only_grows ON ledger_posting;
DROP TRIGGER entry_never_emptied ON ledger_ledgerentry;
DROP TRIGGER entry_only_grows ON ledger_ledgerentry;
DROP FUNCTION ledger_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(BALANCED, NOT_BALANCED),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
