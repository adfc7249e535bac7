import { useState } from 'react';
import { sendPlan, type SendingManner } from '../../derive/send-plan.ts';
import { formatBytes } from '../../ui/units.ts';
import { unfinishedItem, type BuilderState } from './builder-state.ts';
import type { HandLineState } from './hand-line.ts';

export interface SendPanelProps {
  state: BuilderState;
  line: HandLineState;
  /** There is a lab to send to. */
  canSend: boolean;
  onSend: (writes: Uint8Array<ArrayBuffer>[]) => void;
  onHangUp: () => void;
}

type Kind = SendingManner['kind'];
const kinds: readonly [Kind, string][] = [
  ['apart', 'one TCP write a frame'],
  ['together', 'all in one TCP write'],
  ['cut', 'cut in two writes before byte'],
];

/** How the tray goes out, the button that sends it, and how the connection stands. */
export function SendPanel({ state, line, canSend, onSend, onHangUp }: SendPanelProps) {
  const [kind, setKind] = useState<Kind>('apart');
  const [cutAt, setCutAt] = useState('3');
  const frames = state.items.map(({ bytes }) => bytes);
  const byteCount = frames.reduce((length, frame) => length + frame.length, 0);
  const unfinished = unfinishedItem(state);
  const cut = /^\d{1,7}$/.test(cutAt) ? Number(cutAt) : Number.NaN;
  const trouble = troubleOf(unfinished, byteCount, kind === 'cut' ? cut : undefined);
  const isOpen = line.stage === 'connecting' || line.stage === 'open';
  return (
    <section className="send-panel" aria-label="Sending">
      <fieldset className="guesses">
        <legend className="sr-only">How it goes out</legend>
        {kinds.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name="sending-manner"
              checked={kind === value}
              onChange={() => {
                setKind(value);
              }}
            />
            {label}
          </label>
        ))}
        <input
          type="number"
          className="cut-at"
          aria-label="Byte before which it is cut"
          min={1}
          max={Math.max(1, byteCount - 1)}
          value={cutAt}
          onChange={({ target }) => {
            setKind('cut');
            setCutAt(target.value);
          }}
        />
      </fieldset>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!canSend || trouble !== undefined}
          onClick={() => {
            onSend(sendPlan(frames, kind === 'cut' ? { kind, at: cut } : { kind }));
          }}
        >
          {frames.length === 1 ? 'Send this frame' : `Send these ${String(frames.length)} frames`}
        </button>
        <button type="button" className="bench-button" disabled={!isOpen} onClick={onHangUp}>
          Hang up
        </button>
        <span className="panel-note" role="status">
          {trouble ?? (canSend ? stateSays(line, byteCount) : noLab)}
        </span>
      </div>
    </section>
  );
}

const noLab = 'There is no lab to send to until the sandbox answers. What you build stays.';

function troubleOf(
  unfinished: ReturnType<typeof unfinishedItem>,
  byteCount: number,
  cutAt: number | undefined,
): string | undefined {
  if (unfinished) {
    const what = unfinished.item.problem ?? 'something in it is not a value yet, see the note at its input.';
    return `Frame ${String(unfinished.number)} cannot be sent: ${what}`;
  }
  if (byteCount === 0) return 'There are no bytes to send: write some hex, or take a preset.';
  if (cutAt !== undefined && !(cutAt >= 1 && cutAt < byteCount)) {
    return `The cut has to lie within the ${formatBytes(byteCount)}: from 1 to ${String(byteCount - 1)}.`;
  }
  return undefined;
}

function stateSays(line: HandLineState, byteCount: number): string {
  switch (line.stage) {
    case 'idle':
      return `${formatBytes(byteCount)}, after a handshake with a fresh key.`;
    case 'connecting':
      return 'Shaking hands …';
    case 'open':
      return line.written < line.of
        ? `Write ${String(line.written)} of ${String(line.of)} …`
        : 'Sent. The connection is still open: the next goes out on it.';
    case 'ended': {
      const left = line.of - line.written;
      const unsent = left > 0 ? ` ${String(left)} of ${String(line.of)} writes were not sent.` : '';
      return `The connection has ended: ${endings[line.reason] ?? line.reason}.${unsent} The next goes out on a new one.`;
    }
  }
}

/** The words of the raw bridge, for people. */
const endings: Readonly<Record<string, string>> = {
  fin: 'TCP was closed in order (FIN)',
  rst: 'TCP was reset (RST)',
};
