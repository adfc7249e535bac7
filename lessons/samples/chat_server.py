# A chat in one room. pip install websockets
import asyncio
import json
import sys
from collections import deque
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import broadcast, serve

members = {}  # name -> connection
history = deque(maxlen=100)
last_id = 0


def read(text):
    """Reads a message by the contract. Raises a ValueError that names the field."""
    message = json.loads(text)
    if not isinstance(message, dict) or message.get("type") != "message":
        raise ValueError('type: expected "message"')
    said = message.get("text")
    if not isinstance(said, str) or not said.strip():
        raise ValueError("text: expected a text")
    return said, message.get("clientId")


def send_all(event):
    # Does not wait for anybody, and passes over those who are gone.
    broadcast(members.values(), json.dumps(event))


async def serve_member(connection):
    global last_id
    query = parse_qs(urlsplit(connection.request.path).query)
    name = query.get("name", [""])[0].strip()
    if not 1 <= len(name) <= 32:
        return await connection.close(4400, "name: expected 1 to 32 characters")
    if name in members:
        return await connection.close(4409, "that name is taken")
    send_all({"type": "join", "name": name})
    members[name] = connection
    try:
        said = {"type": "history", "you": name, "members": list(members), "messages": list(history)}
        await connection.send(json.dumps(said))
        async for text in connection:
            try:
                said, client_id = read(text)
            except ValueError as error:  # a JSONDecodeError is one
                await connection.send(json.dumps({"type": "error", "message": str(error)}))
                continue
            last_id += 1
            message = {"id": last_id, "name": name, "text": said, "clientId": client_id}
            history.append(message)
            if client_id is not None:
                await connection.send(json.dumps({"type": "ack", "clientId": client_id, "id": last_id}))
            send_all({"type": "message", **message})
    finally:
        # However it ends: by a Close, a lost connection, or a mistake of ours.
        del members[name]
        send_all({"type": "leave", "name": name})


async def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    async with serve(serve_member, "127.0.0.1", port, max_size=16_384) as server:
        print(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


asyncio.run(main())
