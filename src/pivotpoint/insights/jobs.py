"""The sweeps that gather and consolidate, and that watch for what rises."""

from pivotpoint.insights.alerts.letters import mail
from pivotpoint.insights.alerts.watch import watch
from pivotpoint.insights.decisions import foreign as foreign  # declares a figure; the worker loads no pages
from pivotpoint.insights.evidence import firms as firms  # so does this
from pivotpoint.insights.gathering.consolidate import consolidate
from pivotpoint.insights.gathering.gather import gather
from pivotpoint.insights.gathering.glean import look_who_states_the_same
from pivotpoint.insights.gathering.matters import hear_matters
from pivotpoint.insights.gathering.moods import recall_moods
from pivotpoint.insights.gathering.parts import tell_parts
from pivotpoint.insights.gathering.see_also import look_beside
from pivotpoint.jobs.beat import every

every("insights.gather", seconds=1)(gather)
every("insights.consolidate", seconds=5)(consolidate)
every("insights.recall_moods", seconds=10)(recall_moods)
every("insights.matters", seconds=5)(hear_matters)
every("insights.parts", seconds=5)(tell_parts)
every("insights.see_also", seconds=10)(look_beside)
every("insights.glean", seconds=10)(look_who_states_the_same)
every("insights.watch", seconds=60)(watch)
every("insights.mail_alerts", seconds=10)(mail)
