"""What follows from a restricted activity is as confidential as the activity: its events, steps, papers and clocks."""

from django.db import migrations, models

FOLLOWING = ("occurrence", "step", "draft", "document", "deadline", "attachment")

# Append-only tables are filled in once, before anybody reads the new column.
FILL = """
ALTER TABLE cases_step DISABLE TRIGGER USER;
ALTER TABLE cases_occurrence DISABLE TRIGGER USER;
ALTER TABLE cases_attachment DISABLE TRIGGER USER;
UPDATE cases_step s SET confidentiality = greatest(p.confidentiality, coalesce(a.confidentiality, 0))
    FROM cases_proceeding p, cases_step t LEFT JOIN cases_activity a ON a.id = t.activity_id
    WHERE t.id = s.id AND p.id = s.proceeding_id AND (p.confidentiality > 0 OR a.confidentiality > 0);
UPDATE cases_occurrence o SET confidentiality = greatest(coalesce(p.confidentiality, 0),
        coalesce(a.confidentiality, 0), coalesce(c.confidentiality, 0))
    FROM cases_occurrence t LEFT JOIN cases_activity a ON a.id = t.activity_id
    LEFT JOIN cases_proceeding p ON p.id = t.proceeding_id LEFT JOIN cases_case c ON c.id = t.case_id
    WHERE t.id = o.id AND (p.confidentiality > 0 OR a.confidentiality > 0 OR c.confidentiality > 0);
UPDATE cases_attachment f SET confidentiality = a.confidentiality
    FROM cases_activity a WHERE a.id = f.activity_id AND a.confidentiality > 0;
UPDATE cases_draft d SET confidentiality = p.confidentiality
    FROM cases_proceeding p WHERE p.id = d.proceeding_id AND p.confidentiality > 0;
UPDATE cases_document d SET confidentiality = greatest(p.confidentiality, coalesce(s.confidentiality, 0))
    FROM cases_proceeding p, cases_document t LEFT JOIN cases_step s ON s.id = t.step_id
    WHERE t.id = d.id AND p.id = d.proceeding_id AND (p.confidentiality > 0 OR s.confidentiality > 0);
UPDATE cases_deadline d SET confidentiality = greatest(p.confidentiality, o.confidentiality)
    FROM cases_proceeding p, cases_occurrence o
    WHERE p.id = d.proceeding_id AND o.id = d.anchor_id AND (p.confidentiality > 0 OR o.confidentiality > 0);
ALTER TABLE cases_step ENABLE TRIGGER USER;
ALTER TABLE cases_occurrence ENABLE TRIGGER USER;
ALTER TABLE cases_attachment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_fewer_indexes")]

    operations = [
        *(
            migrations.AddField(name, "confidentiality", models.SmallIntegerField(default=0, db_default=0))
            for name in FOLLOWING
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
