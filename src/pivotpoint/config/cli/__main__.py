from pivotpoint.config.cli import main

main(prog_name="pivotpoint")
