import { useEffect, useState } from 'react';

// As found on the web, but for its props: there, userId comes from nowhere, and so does the address.
export function ChatAsFound({ address, userId, Socket = WebSocket }) {
  const [socket, setSocket] = useState(null);
  const [messages, setMessages] = useState([]);
  const [text, setText] = useState('');

  useEffect(() => {
    let ws;
    const connect = () => {
      ws = new Socket(`${address}?name=${userId}`);
      ws.onmessage = (event) => {
        const message = JSON.parse(event.data);
        setMessages((before) => [...before, message]);
      };
      // "Optionally, reconnect."
      ws.onclose = () => setTimeout(connect, 1000);
      setSocket(ws);
    };
    connect();
    return () => ws.close();
  }, [userId]);

  const sendMessage = () => {
    if (socket && socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: 'message', text }));
    }
    setText('');
  };

  return (
    <div>
      <ul>
        {messages.map((msg) => (
          <li key={msg.id}>{msg.text}</li>
        ))}
      </ul>
      <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
      <button onClick={sendMessage}>Send</button>
    </div>
  );
}
