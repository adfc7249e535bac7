# Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 §4.2.2). The default is the RFC's own example.
import sys
from base64 import b64encode
from hashlib import sha1

key = sys.argv[1] if len(sys.argv) > 1 else "dGhlIHNhbXBsZSBub25jZQ=="
guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

print(b64encode(sha1((key + guid).encode()).digest()).decode())
