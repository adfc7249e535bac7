// As found on the web: “keep the connection alive”. Every 30 s there; every second here, so that you can watch it.
let socket;

function connect() {
  socket = new WebSocket(address);
  socket.onmessage = (event) => show(event.data);
  socket.onclose = () => setTimeout(connect, 1000);
  setInterval(() => {
    socket.send(JSON.stringify({ type: 'ping' }));
  }, 1000);
}
connect();

function say(text) {
  socket.send(text);
}
