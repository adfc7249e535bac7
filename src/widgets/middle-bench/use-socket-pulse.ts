import { useEffect, useState } from 'react';
import type { Witness } from '../../lab/witness.ts';

/** What a script can read off its socket at any moment. */
export interface SocketPulse {
  readyState: number;
  bufferedAmount: number;
  /** How long ago the last message came, or the connection opened, ms; `undefined` before and after. */
  silentMs: number | undefined;
}

const everyMs = 250;

/** Reads a socket four times a second for as long as it is not closed: nobody calls when nothing happens. */
export function useSocketPulse(witness: Witness | undefined): SocketPulse | undefined {
  const socket = witness?.socket;
  const [pulse, setPulse] = useState<SocketPulse & { of: WebSocket }>();
  useEffect(() => {
    if (!socket) return undefined;
    let heardAt: number | undefined;
    const hear = (): void => {
      heardAt = performance.now();
      look();
    };
    const look = (): void => {
      const { readyState, bufferedAmount } = socket;
      const isOpen = readyState === WebSocket.OPEN;
      const silentMs = heardAt === undefined || !isOpen ? undefined : performance.now() - heardAt;
      setPulse({ of: socket, readyState, bufferedAmount, silentMs });
    };
    socket.addEventListener('open', hear);
    socket.addEventListener('message', hear);
    socket.addEventListener('close', look);
    const timer = setInterval(() => {
      if (socket.readyState !== WebSocket.CLOSED) look();
    }, everyMs);
    return () => {
      socket.removeEventListener('open', hear);
      socket.removeEventListener('message', hear);
      socket.removeEventListener('close', look);
      clearInterval(timer);
    };
  }, [socket]);
  return pulse?.of === socket ? pulse : undefined;
}
