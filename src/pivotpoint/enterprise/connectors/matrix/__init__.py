"""Hand-offs in a Matrix room, answered there in the thread."""
