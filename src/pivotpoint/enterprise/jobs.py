"""What enterprise does by itself, again and again."""

from pivotpoint.enterprise.answers.poll import poll
from pivotpoint.enterprise.feeds.send import send
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.enterprise.records.keep import keep
from pivotpoint.enterprise.replies.read import read
from pivotpoint.enterprise.rooms.keep import keep as keep_rooms
from pivotpoint.jobs.beat import every

every("enterprise.deliver", seconds=2)(deliver)
every("enterprise.feeds", seconds=2)(send)
every("enterprise.poll", seconds=5)(poll)
every("enterprise.replies", seconds=15)(read)
every("enterprise.keep", seconds=30)(keep)
every("enterprise.rooms", seconds=3)(keep_rooms)
