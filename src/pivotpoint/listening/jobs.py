"""The sweeps that read and teach, and what the worker keeps counted for this stage."""

from pivotpoint.jobs.beat import every
from pivotpoint.listening.correcting import accuracy as accuracy  # declares a figure
from pivotpoint.listening.names.gazetteer import learn_names
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.rereads.runs import advance
from pivotpoint.listening.taxonomies.taggers import teach_due

every("listening.read", seconds=1)(read_unread)
every("listening.teach", seconds=5)(teach_due)
every("listening.reread", seconds=3)(advance)
every("listening.names", seconds=1800)(learn_names)
