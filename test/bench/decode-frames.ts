import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import { WsReceiver } from '../protocol/ws-internals.ts';

/** How fast a server's frames are decoded: by our decoder, and by ws's own receiver on the same bytes. */
export interface DecodeComparison {
  /** Median over the rounds, in bytes of payload data a second. */
  ours: number;
  ws: number;
  /** Median of ours / ws over the rounds: both sides of a round run one after the other. */
  ratio: number;
}

export interface DecodeMeasurement {
  /** Frames with every field of their headers; the payload data is there when it is asked for. */
  decoded: DecodeComparison;
  /** The payload data of each frame is asked for, as one piece. */
  read: DecodeComparison;
}

export interface DecodeBenchOptions {
  /** Default 64 KiB, as DESIGN's budget has it. */
  payloadBytes?: number;
  rounds?: number;
  /** For each of the three in each round. */
  milliseconds?: number;
}

/** A socket of Node delivers at most so much at once. */
const chunkBytes = 65_536;
const bytesInAll = 8 * 1024 * 1024;

/** Measures the bench row "decoding server frames": unmasked binary frames, in chunks as a socket delivers them. */
export function benchDecode(options: DecodeBenchOptions = {}): Promise<DecodeMeasurement> {
  const { payloadBytes = 65_536, rounds = 15, milliseconds = 60 } = options;
  const chunks = chunksOf(payloadBytes);
  const frames = Math.floor(bytesInAll / payloadBytes);
  const runs = {
    decoded: () => decodeOurs(chunks, (frame) => frame.payloadLength),
    read: () => decodeOurs(chunks, (frame) => frame.payload.length),
    ws: () => decodeWithWs(chunks),
  };
  const speeds: Record<keyof typeof runs, number[]> = { decoded: [], read: [], ws: [] };
  const names = Object.keys(runs) as (keyof typeof runs)[];
  for (const name of names) speedOf(runs[name], frames * payloadBytes, milliseconds);
  for (let round = 0; round < rounds; round++) {
    // Whoever runs first in a round finds other caches than whoever runs last.
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      if (name) speeds[name].push(speedOf(runs[name], frames * payloadBytes, milliseconds));
    }
  }
  const compare = (ours: readonly number[]): DecodeComparison => ({
    ours: median(ours),
    ws: median(speeds.ws),
    ratio: median(ours.map((speed, round) => speed / (speeds.ws[round] ?? Number.NaN))),
  });
  return Promise.resolve({ decoded: compare(speeds.decoded), read: compare(speeds.read) });
}

function chunksOf(payloadBytes: number): Buffer[] {
  const frame = encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(payloadBytes).fill(0x5a) });
  const all = Buffer.concat(Array.from({ length: Math.floor(bytesInAll / payloadBytes) }, () => frame));
  const chunks: Buffer[] = [];
  for (let at = 0; at < all.length; at += chunkBytes) {
    // A socket's chunks have memory of their own each.
    chunks.push(Buffer.from(Uint8Array.from(all.subarray(at, at + chunkBytes)).buffer));
  }
  return chunks;
}

function decodeOurs(
  chunks: readonly Buffer[],
  look: (frame: { payloadLength: number; payload: Uint8Array }) => number,
): number {
  const decoder = new FrameDecoder({ from: 'server' });
  let bytes = 0;
  for (const chunk of chunks) {
    for (const frame of decoder.push(chunk)) bytes += look(frame);
  }
  return bytes;
}

function decodeWithWs(chunks: readonly Buffer[]): number {
  const receiver = new WsReceiver();
  let bytes = 0;
  receiver.on('message', (message) => {
    bytes += message.length;
  });
  for (const chunk of chunks) receiver.write(chunk);
  return bytes;
}

/** Runs for a while. Answers bytes a second; throws where a run did not decode them all. */
function speedOf(run: () => number, expectedBytes: number, milliseconds: number): number {
  const start = performance.now();
  let bytes = 0;
  for (;;) {
    const decoded = run();
    if (decoded !== expectedBytes)
      throw new Error(`decoded ${String(decoded)} of ${String(expectedBytes)} bytes`);
    bytes += decoded;
    const elapsed = performance.now() - start;
    if (elapsed >= milliseconds) return (bytes / elapsed) * 1000;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
