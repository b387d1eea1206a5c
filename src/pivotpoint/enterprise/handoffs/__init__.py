"""A hand-off goes out: claimed, sent, tried again; or paired with a record that is there already."""
