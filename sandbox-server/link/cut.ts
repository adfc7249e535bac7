import type { WebSocket } from 'ws';
import type { Cut } from '../../src/contract/cut.ts';
import type { Link } from './link.ts';

/** Ends a connection now: by the link with FIN or RST, or by the server with a Close frame. */
export function cutConnection(
  { link, webSocket }: { link: Link; webSocket: WebSocket | undefined },
  { how, code, reason }: Cut,
): void {
  switch (how) {
    case 'fin':
      link.cutWithFin();
      break;
    case 'rst':
      link.cutWithReset();
      break;
    case 'terminate':
      if (webSocket) webSocket.terminate();
      else link.destroy();
      break;
    case 'close':
      // Before its opening handshake is done a connection knows no Close frame.
      if (webSocket) webSocket.close(code, reason);
      else link.cutWithFin();
      break;
  }
}
