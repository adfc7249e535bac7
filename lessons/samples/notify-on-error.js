// As found on the web: every event becomes a notice.
export function listen(socket) {
  socket.onerror = (error) => {
    logError('WebSocket failed', error);
    showNotification('Connection problem. Retrying…');
  };
  socket.onclose = () => {
    showNotification('Disconnected. Retrying…');
  };
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    showMessage(message);
  };
}
