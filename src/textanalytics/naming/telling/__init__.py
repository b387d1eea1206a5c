"""What is said beside a title: in the parts of a theme, and of the thing that it is called by."""
