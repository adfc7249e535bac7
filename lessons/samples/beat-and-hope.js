// As found on the web: called each time that a connection has opened.
export function beatAndHope(page, everyMs, setInterval = globalThis.setInterval) {
  setInterval(() => {
    page.socket.send(JSON.stringify({ type: 'heartbeat', at: Date.now() }));
  }, everyMs);
}
