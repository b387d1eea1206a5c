"""Background work: the database is the queue.

`every(name, seconds)` declares a sweep: a function that looks for rows that need something and works them off.
The worker repeats the sweeps; a killed worker loses nothing, because the rows still say what is due.
"""
