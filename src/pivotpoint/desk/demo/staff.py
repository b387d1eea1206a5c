"""What the people at Larkfield do each day: answer, pass, accept, discuss, change, tell."""

from __future__ import annotations

from pivotpoint.desk.demo import agents, front_line, judges, lead, owners, reviewers
from pivotpoint.desk.demo.house import House, rolf_leaves
from pivotpoint.desk.demo.scene import Scene
from pivotpoint.desk.demo.script import Story

ROLF_LEAVES = 74


class Staff:
    """One day after another. With `tidy` off, themes stay as the product found them, for measuring it."""

    def __init__(self, story: Story, house: House, *, tidy: bool = True) -> None:
        self.scene, self.tidy = Scene(story, house), tidy

    def work(self, day: int) -> None:
        """One working day, in the order of the journey."""
        scene = self.scene
        scene.begin(day)
        if day == ROLF_LEAVES:
            rolf_leaves(scene.house)
        front_line.allow(scene)
        agents.answer(scene)
        if self.tidy:
            lead.bring_together(scene)
            lead.know_people_again(scene)
            reviewers.review(scene)
        lead.decide_at_the_gate(scene, tidy=self.tidy)
        lead.hand_over_by_hand(scene)
        lead.introduce(scene)
        owners.act(scene)
        lead.tell(scene)
        judges.judge(scene)
