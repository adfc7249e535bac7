import { parseWireLines } from '../../contract/wire-event.ts';
import { readLog, type WireLogView } from '../../derive/log-reader.ts';
import text from './handshake.jsonl?raw';

let view: WireLogView | undefined;

/** A handshake of Chromium with this sandbox, recorded byte for byte: shown where no sandbox is running. */
export function recordedHandshake(): WireLogView {
  if (!view) {
    const events = parseWireLines(text);
    if (!events.ok) throw new Error(`handshake.jsonl, ${events.field}: ${events.message}`);
    view = readLog(events.value);
  }
  return view;
}
