# pip install websockets
import json
import sys
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from websockets.sync.client import connect

sandbox = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4321"
with urlopen(Request(urljoin(sandbox, "/labs"), method="POST")) as answer:
    lab = json.load(answer)
address = urljoin(sandbox, lab["services"]["echo"]).replace("http", "ws", 1)


def report():
    """Yields what there is, when there is something: each piece becomes a fragment."""
    yield "first "
    yield "second "
    yield "last"


with connect(address, compression=None) as connection:
    connection.send(report())
    for fragment in connection.recv_streaming():
        print(f"a fragment of the echo: {fragment!r}")
print(f"closed: {connection.close_code}")
