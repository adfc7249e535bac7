# Frames of a client with nothing but TCP: writes some, and reads what comes back in whatever pieces it comes.
import base64
import json
import os
import socket
import sys
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen


def write_frame(opcode, payload):
    """A masked frame with FIN set (RFC 6455 section 5.2)."""
    length = len(payload)
    if length < 126:
        header = bytes([0x80 | opcode, 0x80 | length])
    elif length < 65_536:
        header = bytes([0x80 | opcode, 0x80 | 126]) + length.to_bytes(2, "big")
    else:
        header = bytes([0x80 | opcode, 0x80 | 127]) + length.to_bytes(8, "big")
    key = os.urandom(4)
    return header + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))


def read_frame(stream):
    """The next frame; `read` waits until all of its bytes have come. A server's frames are not masked."""
    first, second = stream.read(2)
    extended = {126: 2, 127: 8}.get(second, 0)
    length = int.from_bytes(stream.read(extended), "big") if extended else second
    return first & 0x0F, 2 + extended, stream.read(length)


sandbox = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4321"
with urlopen(Request(urljoin(sandbox, "/labs"), method="POST")) as answer:
    lab = json.load(answer)
address = urlsplit(sandbox)
connection = socket.create_connection((address.hostname, address.port or 80))
fields = [
    f"GET {lab['services']['echo']} HTTP/1.1",
    f"Host: {address.netloc}",
    "Upgrade: websocket",
    "Connection: Upgrade",
    f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
    "Sec-WebSocket-Version: 13",
]
connection.sendall("\r\n".join([*fields, "", ""]).encode())
stream = connection.makefile("rb")
while stream.readline() != b"\r\n":  # The lesson on the handshake says what to check here.
    pass

for size in [0, 125, 126, 65_535, 65_536]:
    connection.sendall(write_frame(0x2, b"a" * size))
    opcode, header, payload = read_frame(stream)
    print(f"opcode {opcode}: header {header} bytes, payload {len(payload)} bytes")
connection.sendall(write_frame(0x8, (1000).to_bytes(2, "big")))
opcode, header, payload = read_frame(stream)
print(f"opcode {opcode}: header {header} bytes, payload {len(payload)} bytes")
