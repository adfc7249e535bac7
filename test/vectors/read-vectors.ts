import { readdirSync, readFileSync } from 'node:fs';
import { hex } from '../protocol/hex.ts';

/** Bytes of one side of a connection, and what they mean. */
export interface FrameVector {
  name: string;
  bytes: Uint8Array;
  /** Where the standard gives this example. */
  section: string;
  title: string;
  from: 'client' | 'server';
  /** The value of the answer's Sec-WebSocket-Extensions, where there is one. */
  extensions?: string;
  /** Each frame as `describeFrame` puts it. */
  lines: string[];
  /** Each frame's payload data after unmasking, in hex. */
  payloads: string[];
  /** The text messages that they make up. */
  messages?: string[];
}

/** A head as a client or a server sends it. */
export interface HandshakeVector {
  name: string;
  /** Who wrote it. */
  client: string;
  kind: 'request' | 'response';
  /** The request that a response answers, by the name of its vector. */
  answers?: string;
  bytes: Uint8Array;
}

const folder = (name: string): URL => new URL(`./${name}/`, import.meta.url);
const read = (name: string, file: string): string => readFileSync(new URL(file, folder(name)), 'utf8');

/** All vectors of `frames/`: pairs of `.hex` and `.json`. */
export const frameVectors = (): FrameVector[] =>
  readdirSync(folder('frames'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      ...(JSON.parse(read('frames', file)) as Omit<FrameVector, 'name' | 'bytes'>),
      name: file.replace('.json', ''),
      bytes: hex(read('frames', file.replace('.json', '.hex'))),
    }));

/** All vectors of `handshakes/`: lines that CR LF ends. */
export const handshakeVectors = (): HandshakeVector[] =>
  readdirSync(folder('handshakes')).map((file) => {
    const { lines, ...rest } = JSON.parse(read('handshakes', file)) as { lines: string[] } & Omit<
      HandshakeVector,
      'name' | 'bytes'
    >;
    const bytes = new TextEncoder().encode([...lines, '', ''].join('\r\n'));
    return { ...rest, name: file.replace('.json', ''), bytes };
  });
