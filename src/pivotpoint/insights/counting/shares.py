"""What the readings say of an insight's people: languages, moods, intents, and the names that they name. The readings are asked when it is counted.

Rules ask these rows, so that replaying a rule on a whole history never comes to a message.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from pivotpoint.insights.models import Insight, ThemeShare

SAID = """WITH said AS MATERIALIZED (
        SELECT c.theme_id, m.customer_id, r.language, r.mood, r.intent, count(*) AS messages
        FROM insights_membership m
        JOIN insights_microcluster c ON c.id = m.cluster_id
        JOIN listening_reading r ON r.message_id = m.message_id
        WHERE c.theme_id IN ({themes})
        GROUP BY c.theme_id, m.customer_id, r.language, r.mood, r.intent
    )
    INSERT INTO insights_themeshare (theme_id, judgement, value, people, messages)
    SELECT theme_id, 'language', language, count(DISTINCT customer_id), sum(messages)
    FROM said GROUP BY theme_id, language
    UNION ALL SELECT theme_id, 'mood', mood, count(DISTINCT customer_id), sum(messages)
    FROM said GROUP BY theme_id, mood
    UNION ALL SELECT theme_id, 'intent', intent, count(DISTINCT customer_id), sum(messages)
    FROM said GROUP BY theme_id, intent
    UNION ALL SELECT c.theme_id, 'name', n.value, count(DISTINCT m.customer_id), count(*)
    FROM insights_membership m
    JOIN insights_microcluster c ON c.id = m.cluster_id
    JOIN listening_mention n ON n.message_id = m.message_id AND n.kind = 'name'
    WHERE c.theme_id IN ({themes})
    GROUP BY c.theme_id, n.value"""


def count_shares(themes: Collection[int]) -> None:
    """Count the shares of those of these themes that are insights, from their memberships and readings."""
    insights = list(Insight.objects.filter(pk__in=themes).order_by("pk").values_list("pk", flat=True))
    rows = ThemeShare.objects.filter(theme__in=themes)
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
    if insights:
        with connection.cursor() as cursor:
            cursor.execute(SAID.format(themes=", ".join(["%s"] * len(insights))), insights * 2)
