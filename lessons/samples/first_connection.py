# pip install websockets
import json
import sys
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from websockets.sync.client import connect

sandbox = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4321"

# A lab of your own; it comes with the paths of its services.
with urlopen(Request(urljoin(sandbox, "/labs"), method="POST")) as answer:
    lab = json.load(answer)
address = urljoin(sandbox, lab["services"]["echo"]).replace("http", "ws", 1)

# connect() returns when the handshake is done: there is no moment in which you could send too early.
with connect(address) as socket:
    socket.send("hello")
    print("the server says:", socket.recv())
print(f"closed: {socket.close_code}")
