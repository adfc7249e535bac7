import { createServer, Socket } from 'node:net';

/**
 * A TCP connection of this process to itself: answers the client's end, which connects at once, and hands over the
 * other end when it is accepted. It has a listener of its own for that moment, at an address of this machine, which
 * takes this one connection and no other.
 */
export function connectToSelf(host: string, accepted: (socket: Socket) => void): Socket {
  const client = new Socket({ allowHalfOpen: true }).setNoDelay(true);
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (socket.remotePort !== client.localPort || socket.remoteAddress !== client.localAddress) {
      socket.destroy();
      return;
    }
    listener.close();
    accepted(socket);
  });
  listener.on('error', (error) => client.destroy(error));
  client.once('close', () => listener.close());
  listener.listen({ host, port: 0 }, () => {
    const address = listener.address();
    if (client.destroyed || address === null || typeof address === 'string') listener.close();
    else client.connect({ host, port: address.port });
  });
  return client;
}
