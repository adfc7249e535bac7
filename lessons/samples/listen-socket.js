// A WebSocket: one upgrade, then a frame a message. Nobody connects again for you.

/** Tells `heard` of each message that `url` sends, and connects again where the connection is lost. Answers how to end it. */
export function listenToSocket(url, { heard, failed = console.warn }) {
  const address = new URL(url);
  let since = 0;
  let hasEnded = false;
  let socket;
  let timer;

  function connect() {
    address.searchParams.set('since', since);
    socket = new WebSocket(address);
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      since = message.id;
      heard(message);
    };
    socket.onclose = ({ code }) => {
      if (hasEnded) return;
      failed(new Error(`closed with ${code}`));
      timer = setTimeout(connect, 1000);
    };
  }

  connect();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    socket.close(1000);
  };
}
