import { Readable } from 'node:stream';
import { wireLogHeader } from '../../src/contract/wire-event.ts';
import { exportHar } from '../../src/derive/export-har.ts';
import { exportPcapng } from '../../src/derive/export-pcapng.ts';
import { readLog, type WireLogView } from '../../src/derive/log-reader.ts';
import type { Lab } from '../lab/lab.ts';
import { jsonLines } from '../log/jsonl.ts';

/** A format in which a log may be asked for. */
export interface LogFormat {
  contentType: string;
  /** The ending of a file that holds it. */
  extension: string;
  write: (lab: Lab) => Readable | Buffer | string;
}

/** The formats of `GET /labs/<id>/log?format=`. */
export const logFormats: Readonly<Record<string, LogFormat>> = {
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    extension: 'jsonl',
    write: (lab) => Readable.from(withHeader(lab)),
  },
  pcapng: {
    contentType: 'application/x-pcapng',
    extension: 'pcapng',
    write: (lab) => Buffer.from(exportPcapng(viewOf(lab), lab.startedAt)),
  },
  har: {
    contentType: 'application/json; charset=utf-8',
    extension: 'har',
    write: (lab) => exportHar(viewOf(lab), lab.startedAt),
  },
};

function* withHeader(lab: Lab): Generator<string> {
  yield `${JSON.stringify(wireLogHeader(lab.startedAt))}\n`;
  yield* jsonLines(lab.log);
}

/** What the log amounts to now. It is read in one go: its bytes hold only until the next event. */
function viewOf({ log }: Lab): WireLogView {
  const gap = log.gapAfter(0, 'log full', 0);
  const events = log.after(gap?.seq ?? 0);
  return readLog(gap ? [gap, ...events] : events);
}
