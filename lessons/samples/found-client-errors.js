// As found on the web: “handle errors gracefully”.
const socket = new WebSocket(address);

socket.onmessage = (event) => show(event.data);
socket.onerror = (error) => {
  showNotification('Connection error. Retrying …');
  logError(error);
};
socket.onclose = () => {
  showNotification('Disconnected. Retrying …');
};

function say(text) {
  socket.send(text);
}
