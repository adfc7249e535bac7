import { parseWireLines } from '../contract/wire-event.ts';
import { readLog, type WireLogView } from './log-reader.ts';

/** The largest recording that a page opens, in bytes: several times what a lab's log holds. */
export const maxRecordingBytes = 128 * 1024 * 1024;

/** A recording that was opened, or why it could not be, as a sentence that says what to do. */
export type OpenedRecording = { ok: true; log: WireLogView } | { ok: false; message: string };

/** Reads a saved log (`GET /labs/<id>/log`, JSON lines). Never throws. */
export function openRecording(name: string, text: string): OpenedRecording {
  if (text.trim() === '') return { ok: false, message: `${name} is empty.` };
  const events = parseWireLines(text);
  if (!events.ok) {
    const { field, message } = events;
    return {
      ok: false,
      message: `${name} cannot be opened: ${field}: ${message}. Open a log that was saved as JSON lines, whole.`,
    };
  }
  const log = readLog(events.value);
  if (log.connections.length === 0) return { ok: false, message: `${name} holds no connection.` };
  return { ok: true, log };
}
