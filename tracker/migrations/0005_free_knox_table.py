from django.db import migrations

# knox's own table is empty and asked by nobody; its reference to users would keep theirs from
# being emptied, for Django does not know any more that it is there.
RULE = "knox_authtoken_user_id_e5a5d899_fk_tracker_user_id"
LET_GO = f"ALTER TABLE knox_authtoken DROP CONSTRAINT IF EXISTS {RULE}"
TAKE_BACK = f"""
    ALTER TABLE knox_authtoken ADD CONSTRAINT {RULE}
    FOREIGN KEY (user_id) REFERENCES tracker_user(id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0004_tokens"),
    ]

    operations = [
        migrations.RunSQL(LET_GO, TAKE_BACK),
    ]
