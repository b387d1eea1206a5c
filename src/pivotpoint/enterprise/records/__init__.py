"""Customer records that are kept the same here and in other systems, and the facts that go there."""
