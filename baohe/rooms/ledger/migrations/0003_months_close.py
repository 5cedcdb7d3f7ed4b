"""Months that close.

An entry counts in the month of its business date, or in the first open month when that one is closed: the trigger
decides, under a lock that closing takes exclusively, so nothing ever lands in a closed month and no fact is refused.
"""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

FIND_MONTH = """
CREATE FUNCTION ledger_entry_finds_its_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_closed date;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('ledger.close_month'));
    SELECT max(month) INTO last_closed FROM ledger_closedmonth;
    NEW.period := date_trunc('month', NEW.business_date::timestamp)::date;
    IF NEW.period <= last_closed THEN
        NEW.period := (last_closed + interval '1 month')::date;
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE ledger_ledgerentry DISABLE TRIGGER entry_only_grows;
UPDATE ledger_ledgerentry SET period = date_trunc('month', business_date::timestamp)::date;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE ledger_ledgerentry ENABLE TRIGGER entry_only_grows;

CREATE TRIGGER entry_finds_its_month BEFORE INSERT ON ledger_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_finds_its_month();

CREATE TRIGGER closed_month_only_grows BEFORE UPDATE OR DELETE ON ledger_closedmonth
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER closed_month_never_emptied BEFORE TRUNCATE ON ledger_closedmonth
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER month_balance_only_grows BEFORE UPDATE OR DELETE ON ledger_monthbalance
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
CREATE TRIGGER month_balance_never_emptied BEFORE TRUNCATE ON ledger_monthbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();
"""

NO_MONTHS = """
DROP TRIGGER month_balance_never_emptied ON ledger_monthbalance;
DROP TRIGGER month_balance_only_grows ON ledger_monthbalance;
DROP TRIGGER closed_month_never_emptied ON ledger_closedmonth;
DROP TRIGGER closed_month_only_grows ON ledger_closedmonth;
DROP TRIGGER entry_finds_its_month ON ledger_ledgerentry;
DROP FUNCTION ledger_entry_finds_its_month();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_books_only_grow_and_balance'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedMonth',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False)),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.UUIDField()),
                ('closed_by_name', models.CharField(max_length=80)),
                ('entries', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='MonthBalance',
            fields=[
                ('pk', models.CompositePrimaryKey('month_id', 'account', 'currency', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='ledger.closedmonth')),
                ('account', models.CharField(max_length=120)),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('opening_fen', models.BigIntegerField()),
                ('debit_fen', models.BigIntegerField()),
                ('credit_fen', models.BigIntegerField()),
                ('closing_fen', models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='period',
            field=models.DateField(default=datetime.date(1, 1, 1), editable=False),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['period', 'id'], name='entry_of_month'),
        ),
        migrations.AddConstraint(
            model_name='closedmonth',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='closed_month_first_day'),
        ),
        migrations.AddConstraint(
            model_name='monthbalance',
            constraint=models.CheckConstraint(condition=models.Q(('credit_fen__gte', 0), ('debit_fen__gte', 0)), name='turnover_positive'),
        ),
        migrations.AddConstraint(
            model_name='monthbalance',
            constraint=models.CheckConstraint(condition=models.Q(('closing_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('opening_fen'), '+', models.F('debit_fen')), '-', models.F('credit_fen')))), name='balance_adds_up'),
        ),
        migrations.RunSQL(FIND_MONTH, NO_MONTHS),
    ]
