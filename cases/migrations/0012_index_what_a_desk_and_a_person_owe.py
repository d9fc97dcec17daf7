"""A desk owes what it sends, and the person who prepares it sees it too: read by the desk through an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_keep_the_confidentiality_of_what_follows")]

    operations = [
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("owner__isnull", False), ("stopped_at__isnull", True)),
                fields=["responsible", "responsible_role", "due_at", "id"],
                name="owed_by_a_desk_and_a_person",
            ),
        ),
    ]
