#!/bin/sh
# Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 §4.2.2). The default is the RFC's own example.
key="${1:-dGhlIHNhbXBsZSBub25jZQ==}"
guid=258EAFA5-E914-47DA-95CA-C5AB0DC85B11

printf '%s%s' "$key" "$guid" | openssl dgst -sha1 -binary | openssl base64
