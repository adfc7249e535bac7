import { expect, it, vi } from 'vitest';
import { beatAsFound } from '../../lessons/samples/beat-as-found.js';

it('beat-as-found.js beats while the socket is open, and its timer outlives it', () => {
  vi.useFakeTimers();
  const sent: string[] = [];
  const made: string[] = [];
  const socket = { readyState: WebSocket.OPEN as number, send: (text: string) => sent.push(text) };
  const Socket = function (address: string) {
    made.push(address);
    return socket;
  } as unknown as typeof WebSocket;
  beatAsFound('ws://one', 1000, Socket);
  vi.advanceTimersByTime(2500);
  socket.readyState = WebSocket.CLOSED;
  vi.advanceTimersByTime(2500);
  expect([made, sent, vi.getTimerCount()]).toEqual([['ws://one'], ['ping', 'ping'], 1]);
  vi.useRealTimers();
});
