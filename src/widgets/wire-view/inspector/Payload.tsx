import { useMemo, useState } from 'react';
import type { Connection, TimedFrame } from '../../../derive/connection.ts';
import { messageOfFrame, type MessageOfFrame } from '../../../derive/message-of-frame.ts';
import { mostBytesRead, readPayload } from '../../../derive/payload-views.ts';
import type { Frame } from '../../../protocol/frame.ts';
import { isControl, Opcode } from '../../../protocol/opcode.ts';
import { HexView } from '../../../ui/HexView.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { formatBytes } from '../../../ui/units.ts';
import { XorTable } from './XorTable.tsx';

type View = 'text' | 'json' | 'hex' | 'xor' | 'message';

/** Most bytes that a hex view shows here. */
const mostHexBytes = 1024;

const noLight = (): void => undefined;

/** The payload data of a frame: unmasked, as text, JSON and hex; the XOR byte by byte; and its whole message, inflated. */
export function Payload({ connection, timed }: { connection: Connection; timed: TimedFrame }) {
  const { frame } = timed;
  const [chosen, setChosen] = useState<View>();
  const readings = useMemo(() => readPayload(frame.payload), [frame]);
  // Only another frame, or more of its message, can change what the message is: not each thing that crosses.
  const whole = useMemo(
    () => messageOfFrame(connection, timed),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [timed, frame.fin ? 0 : connection.frames.length],
  );
  if (frame.payloadLength === 0) return <p className="inspector-note">No payload data.</p>;
  const compressed = whole?.message.isCompressed === true;
  const tabs: { id: View; label: string }[] = [
    ...(compressed ? [] : [{ id: 'text' as const, label: 'Text' }]),
    ...(readings.json === undefined || compressed ? [] : [{ id: 'json' as const, label: 'JSON' }]),
    { id: 'hex', label: compressed ? 'Compressed, as hex' : 'Hex' },
    ...(frame.masked ? [{ id: 'xor' as const, label: 'Masking, byte by byte' }] : []),
    ...(whole && (compressed || whole.message.fragments.length > 1)
      ? [{ id: 'message' as const, label: compressed ? 'Message, inflated' : 'Whole message' }]
      : []),
  ];
  const view = tabs.some(({ id }) => id === chosen) ? chosen : undefined;
  const usual = readings.invalid && frame.opcode !== Opcode.text ? 'hex' : 'text';
  const selected = view ?? (compressed ? 'message' : usual);
  return (
    <div className="payload">
      <h4>Payload data, {formatBytes(frame.payloadLength)}</h4>
      <Tabs tabs={tabs} selected={selected} label="Payload data as" onSelect={setChosen}>
        <div className="payload-box">
          {selected === 'text' && (
            <Text
              text={readings.text}
              bytes={frame.payload}
              invalidAt={readings.invalid?.start}
              mayBe={whatItMayBe(frame, whole)}
            />
          )}
          {selected === 'json' && <pre>{readings.json}</pre>}
          {selected === 'hex' && (
            <HexView
              bytes={frame.payload.subarray(0, mostHexBytes)}
              lit={readings.invalid}
              label="Payload data as hex"
              onLight={noLight}
              onPin={noLight}
            />
          )}
          {selected === 'xor' && <XorTable frame={frame} />}
          {selected === 'message' && whole && <WholeMessage whole={whole} />}
        </div>
      </Tabs>
    </div>
  );
}

function Text({
  text,
  bytes,
  invalidAt,
  mayBe,
}: {
  text: string;
  bytes: Uint8Array;
  invalidAt: number | undefined;
  /** Why that may be in order, where it may. */
  mayBe: string;
}) {
  return (
    <>
      {invalidAt !== undefined && (
        <p className={mayBe === '' ? 'frame-broken' : 'inspector-note'}>
          No UTF-8 from byte {invalidAt} on: the sign � stands for what cannot be read. {mayBe}
        </p>
      )}
      <pre>{text}</pre>
      {bytes.length > mostBytesRead && (
        <p className="inspector-note">The first {formatBytes(mostBytesRead)}.</p>
      )}
    </>
  );
}

/** Why payload data that is no UTF-8 may be in order; empty where it may not. */
function whatItMayBe({ opcode }: Frame, whole: MessageOfFrame | undefined): string {
  if (isControl(opcode)) return 'A control frame may carry any bytes.';
  if (whole?.message.kind !== 'text') return 'Only a text message has to be UTF-8.';
  return whole.message.fragments.length > 1 ? 'This is a part of a message: the whole of it counts.' : '';
}

const missingWords = {
  bound: 'Only the beginning is shown: it is longer than this view inflates.',
  unfinished: 'Its last fragment has not come.',
  'not inflated': 'It could not be inflated.',
} as const;

function WholeMessage({ whole: { message, number } }: { whole: MessageOfFrame }) {
  const readings = readPayload(message.payload);
  const { fragments, isCompressed, wireLength, payload, missing, violations } = message;
  return (
    <>
      <p className="inspector-note">
        {fragments.length > 1 && `This is fragment ${String(number)} of ${String(fragments.length)}. `}
        {isCompressed &&
          `${formatBytes(wireLength)} compressed, ${formatBytes(payload.length)} inflated: ${String(Math.round((wireLength / Math.max(1, payload.length)) * 100))} %. `}
        {missing !== undefined && missingWords[missing]}
      </p>
      {violations.map(({ rule, found }) => (
        <p className="frame-broken" key={rule.id}>
          <span aria-hidden="true">✗ </span>
          {rule.says} <span className="section">{rule.section}</span> Here: {found}.
        </p>
      ))}
      <pre>{readings.json ?? readings.text}</pre>
    </>
  );
}
