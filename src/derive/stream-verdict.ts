import { CloseCode } from '../protocol/close-code.ts';
import { readClosePayload } from '../protocol/close-payload.ts';
import { FrameDecoder } from '../protocol/decode-frame.ts';
import type { Frame, PendingFrame } from '../protocol/frame.ts';
import { MessageAssembler } from '../protocol/message-assembler.ts';
import { Opcode } from '../protocol/opcode.ts';
import type { Side } from '../protocol/side.ts';
import type { Violation } from '../protocol/violation.ts';
import type { Connection, TimedFrame } from './connection.ts';
import { streamBytes } from './stream-bytes.ts';

/** A broken rule, and which frame of its side shows it: counted from 0; the one after the last is the frame under way. */
export interface BrokenRule extends Violation {
  frameIndex: number;
}

/** What the standard says of all that one side has sent since the opening handshake, without extensions. */
export interface StreamVerdict {
  frames: readonly Frame[];
  /** The frame of which a part has come. */
  pending: PendingFrame | undefined;
  /** A message was begun and its last fragment has not come. */
  isMessageOpen: boolean;
  /** In the order in which a receiver can notice them: the first one decides. */
  broken: readonly BrokenRule[];
}

/** Judges the frames of one side, and the messages that they make up. */
export function judgeStream(bytes: Uint8Array, from: Side): StreamVerdict {
  const decoder = new FrameDecoder({ from });
  const assembler = new MessageAssembler({ from });
  const frames = decoder.push(bytes);
  const broken = frames.flatMap((frame, frameIndex) => {
    const messages = assembler.push(frame);
    const found = [...frame.violations, ...messages.flatMap(({ violations }) => violations)];
    return found.map((violation) => ({ ...violation, frameIndex }));
  });
  const { pending } = decoder;
  for (const violation of pending?.violations ?? []) broken.push({ ...violation, frameIndex: frames.length });
  return { frames, pending, isMessageOpen: assembler.fragments.length > 0, broken };
}

/** What a server has done about the frames of its client, by the wire. */
export type ServerConduct =
  | { kind: 'silent' }
  /** It sent frames, and no Close. */
  | { kind: 'answered' }
  /** It closed. `failed`: not as the answer to a Close of the client. `closeCode` is 1005 where it gave none. */
  | { kind: 'closed'; closeCode: number; closeReason: string; failed: boolean }
  /** The connection ended and it had sent no Close. */
  | { kind: 'gone' };

/** Whether standard and server come to the same end. */
export type Comparison =
  /** Legal and taken, or broken and failed with the close code that the rule calls for. */
  | 'agree'
  /** The server took what the standard forbids. */
  | 'laxer'
  /** It failed as it must, but with another close code, or without one. */
  | 'other code'
  /** It failed the connection over something that is legal. */
  | 'stricter'
  /** Nothing to compare yet. */
  | 'open';

/** The standard's verdict on what the client has sent, beside what the server did. */
export interface Judgement {
  client: StreamVerdict;
  server: ServerConduct;
  compared: Comparison;
}

/** Judges a connection whose handshake is done. */
export function judgeConnection(connection: Connection): Judgement {
  const client = judgeStream(clientBytes(connection), 'client');
  const server = conductOf(connection);
  return { client, server, compared: compare(client, server, connection.frames) };
}

/** All that the client has sent behind its request. */
const clientBytes = ({ client, request }: Connection): Uint8Array =>
  streamBytes(client, { start: request?.bytes.length ?? client.byteCount, end: client.byteCount });

function conductOf({ frames, end }: Connection): ServerConduct {
  const isClose = ({ frame }: TimedFrame): boolean => frame.opcode === Opcode.close;
  const close = frames.find((timed) => timed.from === 'server' && isClose(timed));
  if (close) {
    const { closeCode = CloseCode.noStatusReceived, closeReason } = readClosePayload(close.frame.payload);
    // §5.5.1: the answer to a Close echoes its code. A Close that may not be sent is not one to be answered.
    const asked = frames.find(
      (timed) => timed.from === 'client' && isClose(timed) && timed.index < close.index,
    );
    const answers =
      asked?.frame.violations.length === 0 ||
      readClosePayload(asked?.frame.payload ?? noBytes).closeCode === closeCode;
    return { kind: 'closed', closeCode, closeReason, failed: asked === undefined || !answers };
  }
  if (end) return { kind: 'gone' };
  return frames.some(({ from }) => from === 'server') ? { kind: 'answered' } : { kind: 'silent' };
}

const noBytes = new Uint8Array(0);

function compare(client: StreamVerdict, server: ServerConduct, frames: readonly TimedFrame[]): Comparison {
  const [first] = client.broken;
  const failed = server.kind === 'closed' && server.failed;
  if (!first) {
    if (failed) return 'stricter';
    return server.kind === 'answered' || server.kind === 'closed' ? 'agree' : 'open';
  }
  if (failed) return server.closeCode === first.rule.closeCode ? 'agree' : 'other code';
  if (server.kind === 'gone') return 'other code';
  // An answer to what was legal, before, says nothing about what was not.
  const broken = frames.filter(({ from }) => from === 'client')[first.frameIndex];
  const isAnswered = broken && frames.some(({ from, index }) => from === 'server' && index > broken.index);
  return isAnswered ? 'laxer' : 'open';
}
