"""healthy.py [PORT]: exit with 0 when the web process here answers under a name that it serves, else with an error."""

import os
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

host = urlsplit(os.environ["PUBLIC_ORIGINS"].split(",")[0].strip()).netloc
connection = HTTPConnection("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 8000, timeout=5)
connection.request("GET", "/healthz", headers={"Host": host})
status = connection.getresponse().status
if status != 200:
    raise SystemExit(f"/healthz answered {status}.")
