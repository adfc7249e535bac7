import { useMemo, useState } from 'react';
import { useWebSocket } from '../../src/use-websocket/use-websocket.ts';

export function ChatWithHook({ address, userId, Socket = WebSocket }) {
  const url = `${address}?name=${encodeURIComponent(userId)}`;
  const { state, messages, error, send, reconnect } = useWebSocket(url, { WebSocket: Socket });
  const lines = useMemo(() => linesOf(messages), [messages]);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');

  const sendMessage = (event) => {
    event.preventDefault();
    const result = send(JSON.stringify({ type: 'message', text }));
    // What was refused stays in the field: nobody types it twice.
    if (result !== 'refused') setText('');
    setNote({ sent: '', queued: 'Not connected: it waits.', refused: 'Not sent. It is still here.' }[result]);
  };

  return (
    <form onSubmit={sendMessage}>
      <p role="status">
        {error ?? `${userId}: ${state}`} {state !== 'open' && note}
        {state === 'closed' && (
          <button type="button" onClick={reconnect}>
            Try again
          </button>
        )}
      </p>
      <ul>
        {lines.map(({ id, name, text }) => (
          <li key={id}>
            {name}: {text}
          </li>
        ))}
      </ul>
      <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
      <button disabled={text.trim() === ''}>Send</button>
    </form>
  );
}

// What the chat stored, each message once: after a reconnect its history comes again.
export function linesOf(messages) {
  const stored = new Map();
  for (const { data } of messages) {
    const event = read(data);
    const news = event?.type === 'history' ? event.messages : event?.type === 'message' ? [event] : [];
    for (const message of news) stored.set(message.id, message);
  }
  return [...stored.values()].sort((one, other) => one.id - other.id);
}

// Text may be anything, and binary arrives as a Blob.
function read(data) {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
