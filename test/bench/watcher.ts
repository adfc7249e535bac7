import { WebSocket } from 'ws';
import { wireSubprotocol } from '../../src/contract/lab.ts';

/** Follows a wire log in a process of its own, so that what it costs to read is not counted as the server's. */
const socket = new WebSocket(process.argv[2] ?? '', wireSubprotocol, { perMessageDeflate: false });
socket.on('open', () => process.send?.('following'));
let bytes = 0;
socket.on('message', (message) => {
  bytes += (message as Buffer).length;
});
process.on('message', () => process.send?.(bytes));
process.on('disconnect', () => process.exit(0));
