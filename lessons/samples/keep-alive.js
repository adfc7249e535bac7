// Says something often enough that no box on the way finds the connection idle, and notices when nobody answers.
// The server has to answer each message with one of its own, as an echo does.
export function keepAlive(socket, { everyMs, patienceMs, onSilence }) {
  let heardAt = performance.now();
  socket.addEventListener('message', () => {
    heardAt = performance.now(); // whatever came: somebody is there
  });

  const timer = setInterval(() => {
    const silentMs = performance.now() - heardAt;
    if (silentMs > everyMs + patienceMs) {
      stop();
      onSilence(silentMs);
    } else {
      socket.send('still there?');
    }
  }, everyMs);

  const stop = () => clearInterval(timer); // a timer that is not cleared outlives its socket
  socket.addEventListener('close', stop);
  return stop;
}
