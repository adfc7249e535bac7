// As found on the web: “automatic reconnection”.
const socket = new WebSocket(address);

socket.onmessage = (event) => show(event.data);
socket.onclose = () => {
  const delay = Math.min(1000 * 2 ** retries, 30000);
  setTimeout(() => new WebSocket(address), delay);
};

function say(text) {
  socket.send(text);
}
