import { atom } from 'nanostores';
import { ways } from '../../../lessons/samples/attack-frame.js';
import { readAsHttp } from '../../derive/read-as-http.ts';
import { fieldValues } from '../../protocol/read-head.ts';
import { createEchoSocket, isOpenTo } from '../bench/echo-socket.ts';
import { createHandClient } from '../bench/hand-client.ts';
import { connectByHand, headLength, shakeHands, type HandConnection } from '../bench/hand-connection.ts';

/** The browser's own connection. */
const browserSocket = createEchoSocket();

/** Sends the same text so many times from the browser's own socket, and opens it first where it is not open. */
export function sendTimes(echo: string, text: string, times: number): void {
  const isConnecting = browserSocket.$witness.get()?.socket.readyState === WebSocket.CONNECTING;
  if (!isConnecting && !isOpenTo(browserSocket.$witness.get(), echo)) browserSocket.connect(echo);
  const socket = browserSocket.$witness.get()?.socket;
  const send = (): void => {
    for (let count = 0; count < times; count++) socket?.send(text);
  };
  if (socket?.readyState === WebSocket.OPEN) send();
  else socket?.addEventListener('open', send, { once: true });
}

/** The client that the learner plays. */
export const handClient = createHandClient();

/** How the attacker's page frames its message. */
export type Way = keyof typeof ways;

/** How the attack stands. */
export type AttackState = { stage: 'idle' } | { stage: 'running' } | { stage: 'failed'; reason: string };
export const $attack = atom<AttackState>({ stage: 'idle' });

const victimsRequest = new TextEncoder().encode('GET /library.js HTTP/1.1\r\nHost: cdn.example\r\n\r\n');

/** Replays the attack of Huang et al.: first the attacker's page, then a victim, both through the same proxy. */
export async function runAttack(way: Way, services: { raw: string; attacker: string }): Promise<void> {
  if ($attack.get().stage === 'running') return;
  $attack.set({ stage: 'running' });
  const proxy = `${services.raw}?via=caching-proxy`;
  let open: HandConnection | undefined;
  try {
    const page = (open = await connectByHand(`${proxy}&cache=empty`));
    await shakeHands(page, services.attacker);
    page.send(ways[way]());
    await page.until('the answer of the attacker’s server', hasWholeAnswer);
    page.close();
    const victim = (open = await connectByHand(`${proxy}&to=cdn`));
    victim.send(victimsRequest);
    await victim.ended;
    $attack.set({ stage: 'idle' });
  } catch (error) {
    open?.close();
    $attack.set({ stage: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Whether a whole HTTP response stands behind the 101. */
function hasWholeAnswer(received: Uint8Array): boolean {
  const behind = received.subarray(headLength(received) ?? received.length);
  const found = readAsHttp('response', behind).first;
  return (
    found !== undefined && behind.length >= found.end + Number(fieldValues(found.head, 'Content-Length')[0])
  );
}
