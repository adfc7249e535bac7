// As found on the web: “queue messages while offline”.
const queue = [];
let socket = new WebSocket(address);

socket.onmessage = (event) => show(event.data);
socket.onclose = () => {
  setTimeout(() => {
    socket = new WebSocket(address);
  }, 1000);
};

function say(text) {
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(text);
  } else {
    queue.push(text);
  }
}

socket.onopen = () => {
  while (queue.length > 0) socket.send(queue.shift());
};
