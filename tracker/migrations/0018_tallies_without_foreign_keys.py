"""Tallies follow from score items, and nobody is ever deleted: foreign keys refused nothing."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0017_account_tallies'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisationtally',
            name='subject',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='tallies', to='tracker.organisation'),
        ),
        migrations.AlterField(
            model_name='outlettally',
            name='subject',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='outlet_tallies', to='tracker.organisation'),
        ),
        migrations.AlterField(
            model_name='persontally',
            name='subject',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='tallies', to='tracker.person'),
        ),
        migrations.AlterField(
            model_name='topictally',
            name='subject',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='tallies', to='tracker.topic'),
        ),
    ]
