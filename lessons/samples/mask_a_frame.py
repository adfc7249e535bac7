# A text frame as a client writes it, and as a server reads it, up to 125 bytes (RFC 6455 §5.2, §5.3).
import secrets
import sys


def apply_mask(data: bytes, key: bytes) -> bytes:
    """Each byte XOR a byte of the key, round and round. The same call masks and unmasks."""
    return bytes(byte ^ key[index % 4] for index, byte in enumerate(data))


text = sys.argv[1] if len(sys.argv) > 1 else "Hello"
key = bytes.fromhex(sys.argv[2]) if len(sys.argv) > 2 else secrets.token_bytes(4)
payload = text.encode()
if len(payload) > 125:
    raise ValueError("more than 125 bytes need a longer header")

# FIN and opcode 1; MASK and the length.
frame = bytes([0x81, 0x80 | len(payload)]) + key + apply_mask(payload, key)
print("on the wire:", frame.hex())

# All that a server needs stands in the frame, and so does all that anybody else needs.
print("read again: ", apply_mask(frame[6:], frame[2:6]).decode())
