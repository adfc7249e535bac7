import { atom } from 'nanostores';
import { blockThePage } from '../../../lessons/samples/block-the-page.js';
import { FrameDecoder } from '../../protocol/decode-frame.ts';
import { encodeFrame } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { createHandClient } from '../bench/hand-client.ts';
import { newMaskingKey } from '../frame-builder/masking-key.ts';
import { headLength } from '../bench/hand-connection.ts';

/** The browser's own connection. */
export const browserSocket = createEchoSocket();

/** How often the page sends a message of its own, ms, and after how many it stops by itself. */
const talkEveryMs = 250;
const mostMessages = 240;

/** Whether the page sends messages of its own. */
export const $talking = atom(false);
let talkTimer: ReturnType<typeof setInterval> | undefined;

/** Begins or ends to send a message every 250 ms from a timer of the page. */
export function talk(on: boolean): void {
  clearInterval(talkTimer);
  $talking.set(on);
  if (!on) return;
  let sent = 0;
  talkTimer = setInterval(() => {
    if (++sent > mostMessages) talk(false);
    else browserSocket.say(`message ${String(sent)}`);
  }, talkEveryMs);
}

/** Whether the page is about to hang, hangs, or has come back. */
export const $block = atom<'no' | 'blocked' | 'over'>('no');

/** How long the page is made to hang, ms. */
export const blockMs = 3000;

/** Makes the page hang in a loop, a moment after it has said so. */
export function block(): void {
  $block.set('blocked');
  // Two frames: the words have to be on the screen before nothing can be drawn any more.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      blockThePage(blockMs);
      $block.set('over');
    }),
  );
}

/** Whether the client that the learner plays answers pings by itself. */
export const $answers = atom(false);

/** The server's pings that were not answered yet, by their payload. */
export const $openPings = atom<readonly Uint8Array[]>([]);

/** What has come of the answer to the handshake, then the decoder of what follows it. */
let head: number[] = [];
let decoder: FrameDecoder | undefined;

/** The client that the learner plays. */
export const handClient = createHandClient((bytes) => {
  let rest = bytes;
  if (!decoder) {
    const before = head.length;
    head.push(...bytes);
    const length = headLength(Uint8Array.from(head));
    if (length === undefined) return;
    decoder = new FrameDecoder({ from: 'server' });
    rest = bytes.subarray(length - before);
  }
  for (const frame of decoder.push(rest)) {
    if (frame.opcode === Opcode.ping) $openPings.set([...$openPings.get(), frame.payload]);
  }
  if ($answers.get()) answerPings();
});

/** The address of the connection that the learner plays. */
let address: { raw: string; path: string } | undefined;

/** Opens a connection by hand to an echo that pings so often. */
export async function connectByHand(raw: string, echo: string, heartbeatMs: number): Promise<void> {
  handClient.hangUp();
  head = [];
  decoder = undefined;
  $openPings.set([]);
  address = { raw, path: `${echo}?heartbeat=${String(heartbeatMs)}` };
  await handClient.connect(address.raw, address.path);
}

/** Sends control frames, masked, in one write. Does nothing while no connection stands. */
export function sendControl(opcode: number, ...payloads: Uint8Array[]): void {
  if (!address || handClient.$state.get().stage !== 'open') return;
  const frames = payloads.map((payload) => encodeFrame({ opcode, payload, maskingKey: newMaskingKey() }));
  const bytes = Uint8Array.from(frames.flatMap((frame) => [...frame]));
  void handClient.send(bytes, address.raw, address.path);
}

/** Answers every ping that is open, each with a pong of its payload (RFC 6455 §5.5.3). */
export function answerPings(): void {
  const open = $openPings.get();
  if (open.length === 0 || handClient.$state.get().stage !== 'open') return;
  sendControl(Opcode.pong, ...open);
  $openPings.set([]);
}
