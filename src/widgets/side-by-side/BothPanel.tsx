import type { KnownLab } from '../../contract/lab.ts';
import type { Connection } from '../../derive/connection.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import type { DrawnRun } from './draw-run.ts';
import { Picture } from './Picture.tsx';
import { pollCount, pollEveryMs, runBoth, type RunOptions } from './run-both.ts';
import { TotalsTable } from './TotalsTable.tsx';

export interface BothPanelProps {
  table: WireLogOnTable;
  /** `undefined` while there is no sandbox. */
  lab: KnownLab | undefined;
  /** The newest run. */
  drawn: DrawnRun | undefined;
  /** How the next run is made. */
  options: RunOptions;
  onOptions: (options: RunOptions) => void;
}

/** Runs both at once, and draws what crossed the wire. */
export function BothPanel({ table, lab, drawn, options, onOptions }: BothPanelProps) {
  const steps = [...(drawn?.polls.steps ?? []), ...(drawn?.socket.steps ?? [])];
  const begin = Math.min(...steps.filter((step) => 'from' in step).map(({ at }) => at));
  const isRunning = drawn?.run.stage === 'running';
  const conns = new Set(steps.map(({ conn }) => conn));
  return (
    <div className="panel">
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!lab || isRunning}
          onClick={() => {
            if (lab) void runBoth(lab.id, lab.services, options);
          }}
        >
          Run both
        </button>
        <label className="check">
          <input
            type="checkbox"
            checked={options.keepAlive}
            disabled={isRunning}
            onChange={(event) => {
              onOptions({ ...options, keepAlive: event.target.checked });
            }}
          />
          HTTP keep-alive
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={options.speaks === 'both'}
            disabled={isRunning}
            onChange={(event) => {
              onOptions({ ...options, speaks: event.target.checked ? 'both' : 'server' });
            }}
          />
          Both sides speak on the WebSocket
        </label>
        <span className="panel-note" role="status">
          {noteOf(drawn)}
        </span>
      </div>
      <div className="picture-sides">
        <Picture
          title="HTTP: ask again and again"
          picture={drawn?.polls}
          begin={begin}
          empty={`Run both: ${String(pollCount)} polls, one a second, will appear here.`}
        />
        <Picture
          title="WebSocket: one connection"
          picture={drawn?.socket}
          begin={begin}
          empty="And one WebSocket here, for the same time and the same news."
        />
      </div>
      <p className="panel-note">
        Beside each arrow: bytes of head or header, + of payload. A connection with a minus was opened before,
        for something else, and kept. Rows stand in order of time, not to scale.
      </p>
      <TotalsTable drawn={drawn} />
      <WireDetails table={table} only={({ conn }: Connection) => conns.has(conn)} />
    </div>
  );
}

function noteOf(drawn: DrawnRun | undefined): string {
  switch (drawn?.run.stage) {
    case undefined:
      return '';
    case 'running':
      return `Running: ${String((pollCount * pollEveryMs) / 1000)} seconds.`;
    case 'done':
      return `Done, with keep-alive ${drawn.run.keepAlive ? 'on' : 'off'}.`;
    case 'failed':
      return drawn.run.trouble;
  }
}
