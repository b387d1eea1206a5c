"""Every pivot that is there becomes version 1 of itself, and its loops keep that version's targets."""

from django.db import migrations

ALWAYS = ("gate", "pass_hours", "accept_hours", "act_hours", "tell_hours", "position")
UNLESS_EMPTY = ("process", "inside_measure", "outside_measure")


def content(pivot):
    """As pivotpoint.pivot.content.content gave it when this was written."""
    said = {"name": pivot.name, "team": pivot.team.key, "owner": pivot.owner.email}
    said |= {name: getattr(pivot, name) for name in ALWAYS}
    said |= {name: getattr(pivot, name) for name in UNLESS_EMPTY if getattr(pivot, name)}
    said["rules"] = [
        {"match": rule.match, "conditions": rule.conditions} | ({"excludes": True} if rule.excludes else {})
        for rule in pivot.rules.order_by("position", "pk")
    ]
    said["destinations"] = [
        {"name": one.name, "kind": one.kind} | ({"config": one.config} if one.config else {})
        for one in pivot.destinations.filter(closed_at=None).order_by("position", "pk")
    ]
    return said | ({"closed": True} if pivot.closed_at else {})


def first_versions(apps, schema_editor):
    model = apps.get_model
    for pivot in model("pivot", "Pivot").objects.select_related("team", "owner"):
        version = model("pivot", "PivotVersion").objects.create(
            pivot=pivot,
            number=1,
            content=content(pivot),
            reason="As it was found.",
            actor_name="Pivotpoint",
        )
        model("pivot", "Loop").objects.filter(pivot=pivot).update(version=version)


class Migration(migrations.Migration):
    dependencies = [("pivot", "0006_versions"), ("accounts", "0001_initial")]
    operations = [migrations.RunPython(first_versions, migrations.RunPython.noop)]
