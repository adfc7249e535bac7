# Hears three events, goes away, and comes back for the next three. Nothing to install.
import sys
import urllib.request

address = sys.argv[1]
last_event_id = None


def hear(count):
    """Hears so many events on a request of its own, then lets go of it."""
    global last_event_id
    headers = {"Accept": "text/event-stream"}
    if last_event_id is not None:
        headers["Last-Event-ID"] = last_event_id
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as response:
        data = []
        for line in response:
            name, _, value = line.decode().rstrip("\r\n").partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                last_event_id = value
            elif name == "data":
                data.append(value)
            elif name == "" and value == "" and data:
                print(f"event {last_event_id}: {' '.join(data)[:60]}", flush=True)
                data = []
                count -= 1
                if count == 0:
                    return


hear(3)
print(f"gone, and back with Last-Event-ID: {last_event_id}", flush=True)
hear(3)
