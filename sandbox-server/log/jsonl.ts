import { wireEventToJson, type WireEvent } from '../../src/contract/wire-event.ts';
import type { WireLog } from './wire-log.ts';

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** A wire event as one line of JSON. */
export function jsonLine(event: WireEvent): string {
  // Nearly all events are these, and a watcher is sent each: written out by hand it costs a third (measured).
  if (event.type === 'bytes' && event.became === undefined && event.by === undefined) {
    const { seq, at, conn, from, due, bytes } = event;
    const time = String(at);
    const left = due === undefined ? '' : `,"due":${due === at ? time : String(due)}`;
    return `{"seq":${String(seq)},"at":${time},"type":"bytes","conn":${String(conn)},"from":"${from}"${left},"data":"${base64(bytes)}"}`;
  }
  return JSON.stringify(wireEventToJson(event, base64));
}

/** What is written at a stretch, before others have their turn. */
const sliceEvents = 512;
const sliceBytes = 256 * 1024;

/**
 * A whole log as JSON lines, up to the event that is the last when it is asked for. Where something was dropped, before
 * or while it is written, a `gap` says so.
 */
export function* jsonLines(log: WireLog): Generator<string> {
  const { lastSeq } = log;
  let seq = 0;
  let recordedBytes = 0;
  while (seq < lastSeq) {
    const gap = log.gapAfter(seq, 'log full', recordedBytes);
    const events: WireEvent[] = gap ? [gap] : log.after(seq, sliceEvents, sliceBytes);
    if (events.length === 0) return;
    seq = events.at(-1)?.seq ?? lastSeq;
    // Before the next have their turn: afterwards the log may have dropped it.
    recordedBytes = log.recordedBytesAt(seq) ?? 0;
    yield events.map((event) => `${jsonLine(event)}\n`).join('');
  }
}
