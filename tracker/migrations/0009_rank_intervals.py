"""Rank intervals of large fields, kept between draws."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0008_receipts'),
    ]

    operations = [
        migrations.CreateModel(
            name='RankInterval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('person', 'person'), ('organisation', 'organisation'), ('topic', 'topic'), ('outlet', 'outlet')])),
                ('subject_id', models.BigIntegerField()),
                ('low', models.IntegerField(help_text='5 % of draws are better; 1 is the best.')),
                ('high', models.IntegerField(help_text='5 % of draws are worse.')),
                ('stamp', models.UUIDField(help_text='Of the tallies from which it was drawn.')),
                ('seed', models.BigIntegerField()),
                ('drawn_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id'), name='rank_interval_once'), models.CheckConstraint(condition=models.Q(('high__gte', models.F('low')), ('low__gte', 1)), name='rank_interval_in_order')],
            },
        ),
    ]
