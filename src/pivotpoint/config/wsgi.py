"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from pivotpoint.lib import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pivotpoint.config.settings")
application = get_wsgi_application()
garbage.look_seldom()
