"""Disputes, agreements, bank accounts, batches and collections; a statement names what of its balance is paid."""

import baohe.plumbing.clock
import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


FILL = """
ALTER TABLE settlement_statement DISABLE TRIGGER settlement_statement_rows;
UPDATE settlement_statement
    SET payable_fen = -closing_fen, dispute_until = (issued_at AT TIME ZONE 'Asia/Shanghai')::date + 10;
ALTER TABLE settlement_statement ENABLE TRIGGER settlement_statement_rows;
"""
"""Earlier statements held no figure that nobody pays: reserves and due premium add up to 0 within their branch."""


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0002_statements_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='agreement', serialize=False, to='settlement.statement')),
                ('how', models.CharField(max_length=10)),
                ('by_name', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('bank', models.CharField(max_length=80)),
                ('holder', models.CharField(max_length=80)),
                ('number_sealed', models.BinaryField()),
                ('last_four', models.CharField(max_length=4)),
                ('contact_sealed', models.BinaryField()),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('set_by', models.UUIDField()),
                ('set_by_name', models.CharField(max_length=80)),
                ('set_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_by_name', models.CharField(blank=True, default='', max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('usable_from', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('month', models.DateField()),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('count', models.IntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('made_by', models.UUIDField()),
                ('made_by_name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_by_name', models.CharField(blank=True, default='', max_length=80)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.BigIntegerField()),
                ('held_fen', models.BigIntegerField()),
                ('natural_key', models.CharField(max_length=80, unique=True)),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('done_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.BigIntegerField()),
                ('held_fen', models.BigIntegerField()),
                ('remark', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(default='open', max_length=10)),
                ('made_by', models.UUIDField()),
                ('made_by_name', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('paid_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=1000)),
                ('line_numbers', models.JSONField(default=list)),
                ('held_fen', models.BigIntegerField()),
                ('state', models.CharField(default='open', max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.CharField(max_length=80)),
                ('answer', models.CharField(blank=True, default='', max_length=2000)),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DisputeStep',
            fields=[
                ('id', models.UUIDField(default=baohe.plumbing.clock.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('action', models.CharField(max_length=10)),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=80)),
                ('text', models.CharField(max_length=2000)),
            ],
        ),
        migrations.AddField(
            model_name='statement',
            name='dispute_until',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='payable_fen',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='statement',
            name='technical_fen',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('closing_fen', django.db.models.expressions.CombinedExpression(models.F('technical_fen'), '-', models.F('payable_fen')))), name='statement_parts_add_up'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['party', 'desk', 'silence'])), name='agreement_how'),
        ),
        migrations.AddField(
            model_name='bankaccount',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='settlement.party'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['-made_at'], name='batch_newest'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('made_by')), _negated=True), _connector='OR'), name='batch_two_people'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('state', 'proposed')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['approved', 'declined'])), _connector='OR'), name='batch_state'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0), ('total_fen__gt', 0)), name='batch_not_empty'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='settlement.bankaccount'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='settlement.batch'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='party',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='settlement.party'),
        ),
        migrations.AddField(
            model_name='batchitem',
            name='statement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='settlement.statement'),
        ),
        migrations.AddField(
            model_name='collection',
            name='party',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='settlement.party'),
        ),
        migrations.AddField(
            model_name='collection',
            name='statement',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='settlement.statement'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='party',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='settlement.party'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='settlement.statement'),
        ),
        migrations.AddField(
            model_name='disputestep',
            name='dispute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='settlement.dispute'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('party',), name='account_one_proposed'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('party',), name='account_one_approved'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('set_by')), _negated=True), _connector='OR'), name='account_two_people'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('state', 'proposed')), models.Q(('decided_by__isnull', False), ('state', 'refused')), models.Q(('decided_by__isnull', False), ('state__in', ['approved', 'replaced']), ('usable_from__isnull', False)), _connector='OR'), name='account_state'),
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(condition=models.Q(('state', 'done')), fields=['party', 'done_on'], name='item_paid'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'sent', 'done'])), fields=('statement',), name='batch_item_once'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'sent'])), fields=('party',), name='item_one_of_party'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('held_fen__gte', 0)), name='item_amount'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(('done_on', None), ('state__in', ['proposed', 'sent', 'failed', 'dropped'])), _connector='OR'), name='item_state'),
        ),
        migrations.AddIndex(
            model_name='collection',
            index=models.Index(condition=models.Q(('state', 'paid')), fields=['party', 'paid_on'], name='collection_paid'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('party',), name='collection_one_open'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'paid'])), fields=('statement',), name='collection_once'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('held_fen__gte', 0)), name='collection_amount'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_on__isnull', False), ('state', 'paid')), models.Q(('paid_on', None), ('state__in', ['open', 'closed'])), _connector='OR'), name='collection_state'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('state__in', ('open', 'answered'))), fields=['due_at', 'id'], name='dispute_waiting'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(fields=['party', '-opened_at'], name='dispute_of_party'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(fields=('party', 'reference'), name='dispute_once'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('held_fen__gte', 0)), name='dispute_held'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='dispute_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('state__in', ('open', 'answered'))), models.Q(('due_at', None), ('state__in', ('accepted', 'corrected', 'upheld'))), _connector='OR'), name='dispute_state_has_clock'),
        ),
    ]
