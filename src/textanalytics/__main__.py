"""`python -m textanalytics evaluate NAME FILE …`"""

from __future__ import annotations

import sys

from textanalytics.evaluate.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
