/**
 * Joins a chat. `show` is called after each change with the messages in the order that everybody sees, and with the
 * texts that are not acknowledged yet.
 */
export function joinChat(address, show) {
  const socket = new WebSocket(address);
  const messages = new Map(); // id -> message: one that comes twice is there once
  const waiting = new Map(); // clientId -> text
  const base = Math.random().toString(36).slice(2);
  let count = 0;

  socket.onmessage = ({ data }) => {
    let event;
    try {
      event = JSON.parse(data);
    } catch {
      return; // one message that cannot be read must not be the end of all
    }
    if (event.type === 'history') for (const message of event.messages) messages.set(message.id, message);
    if (event.type === 'message') messages.set(event.id, event);
    if (event.type === 'ack') waiting.delete(event.clientId);
    const inOrder = [...messages.values()].sort((one, other) => one.id - other.id);
    show(inOrder, [...waiting.values()]);
  };

  return {
    socket,
    say(text) {
      const clientId = `${base}-${++count}`;
      waiting.set(clientId, text);
      socket.send(JSON.stringify({ type: 'message', text, clientId })); // throws before open
    },
  };
}

/** A line of the chat. `textContent` takes a text for a text; `innerHTML` would take it for a program. */
export function lineOf({ name, text }) {
  const line = document.createElement('li');
  line.textContent = `${name}: ${text}`;
  return line;
}
