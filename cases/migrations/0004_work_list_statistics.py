"""What an organ, a role and a person owe goes together: the planner is told, or it guesses far too few rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_work_list_indexes")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS owed_together (mcv)"
            " ON responsible_id, responsible_role, owner_id, stopped_at FROM cases_deadline",
            "DROP STATISTICS owed_together",
        ),
    ]
