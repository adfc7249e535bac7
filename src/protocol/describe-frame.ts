import type { Frame } from './frame.ts';
import { Opcode } from './opcode.ts';

const names: Record<number, string> = {
  [Opcode.continuation]: 'CONT',
  [Opcode.text]: 'TEXT',
  [Opcode.binary]: 'BINARY',
  [Opcode.close]: 'CLOSE',
  [Opcode.ping]: 'PING',
  [Opcode.pong]: 'PONG',
};

/** A frame in one line: `TEXT 'Hello' [5 bytes]`, `CLOSE 1000 'bye' [5 bytes]`. */
export function describeFrame(frame: Frame): string {
  const name = names[frame.opcode] ?? `0x${frame.opcode.toString(16)}`;
  const { payload } = frame;
  const size = `[${String(payload.length)} ${payload.length === 1 ? 'byte' : 'bytes'}]`;
  const more = frame.fin ? '' : ' (more follows)';
  if (frame.opcode === Opcode.close && payload.length >= 2) {
    const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
    return `${name} ${String(code)}${quoted(payload.subarray(2))} ${size}${more}`;
  }
  return `${name}${frame.opcode === Opcode.binary ? '' : quoted(payload)} ${size}${more}`;
}

/** The beginning of a payload, where it is printable ASCII. */
function quoted(payload: Uint8Array): string {
  if (payload.length === 0) return '';
  const beginning = [...payload.subarray(0, 24)];
  if (beginning.some((byte) => byte < 0x20 || byte > 0x7e)) return '';
  return ` '${String.fromCharCode(...beginning)}${payload.length > 24 ? '…' : ''}'`;
}
