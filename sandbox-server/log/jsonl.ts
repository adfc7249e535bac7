import { wireEventToJson, type WireEvent } from '../../src/contract/wire-event.ts';
import type { WireLog } from './wire-log.ts';

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** A wire event as one line of JSON. */
export const jsonLine = (event: WireEvent): string => JSON.stringify(wireEventToJson(event, base64));

/** Events that are written at a stretch, before others have their turn. */
const linesAtOnce = 512;

/** A whole log as JSON lines, as it stands when it is asked for; a `gap` first where its beginning was dropped. */
export function* jsonLines(log: WireLog): Generator<string> {
  const gap = log.gapAfter(0, 'log full');
  const events = log.after(0);
  if (gap) yield `${jsonLine(gap)}\n`;
  for (let start = 0; start < events.length; start += linesAtOnce) {
    yield events
      .slice(start, start + linesAtOnce)
      .map((event) => `${jsonLine(event)}\n`)
      .join('');
  }
}
