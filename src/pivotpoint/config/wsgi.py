"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from pivotpoint.lib import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
application = get_wsgi_application()

from pivotpoint.config import warm  # noqa: E402 its imports need Django set up

warm.load_pages()
garbage.look_seldom()
warm.load_reader_aside()
