import type { Witness } from '../../lab/witness.ts';
import { systemClock } from '../../resilient-socket/clock.ts';
import { Heartbeat, type HeartbeatOptions } from '../../resilient-socket/heartbeat.ts';

/**
 * Lets the page ask on its connection to an echo, which is the answer of the server's program: the part that the lesson
 * shows. It begins once the connection is open, and stops with it.
 */
export function beatOn(
  witness: Witness,
  options: HeartbeatOptions,
  found: { answered: (roundTripMs: number) => void; dead: () => void },
): Heartbeat {
  const { socket } = witness;
  const heartbeat = new Heartbeat(options, systemClock, {
    ping(id) {
      if (socket.readyState === WebSocket.OPEN) witness.send(JSON.stringify({ type: 'ping', id }));
    },
    ...found,
  });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const id = typeof data === 'string' ? /^\{"type":"ping","id":(\d+)\}$/.exec(data)?.[1] : undefined;
    if (id !== undefined) heartbeat.heard(Number(id));
  });
  socket.addEventListener('close', () => {
    heartbeat.stop();
  });
  if (socket.readyState === WebSocket.OPEN) heartbeat.start();
  else {
    socket.addEventListener('open', () => {
      heartbeat.start();
    });
  }
  return heartbeat;
}
