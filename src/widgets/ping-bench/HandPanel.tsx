import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { formatBytes } from '../../ui/units.ts';
import { handNote } from '../bench/hand-client.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { $answers, $openPings, answerPings, connectByHand, handClient, sendControl } from './ping-store.ts';

const heartbeats = [
  { ms: 500, label: 'every 0.5 s' },
  { ms: 3000, label: 'every 3 s' },
  { ms: 10_000, label: 'every 10 s' },
] as const;

/** The learner is the client: pings of their own, pongs that nobody asked for, and pings left unanswered. */
export function HandPanel({ table }: { table: WireLogOnTable }) {
  const state = useStore(handClient.$state);
  const answers = useStore($answers);
  const openPings = useStore($openPings);
  const [heartbeatMs, setHeartbeatMs] = useState(3000);
  const services = table.replay ? undefined : table.session.lab?.services;
  const raw = services?.['raw'];
  const echo = services?.['echo'];
  const isOpen = state.stage === 'open';

  return (
    <div className="panel">
      <div className="panel-row">
        <label className="select-option">
          The server pings{' '}
          <select
            value={heartbeatMs}
            onChange={(event) => {
              setHeartbeatMs(Number(event.target.value));
            }}
          >
            {heartbeats.map(({ ms, label }) => (
              <option key={ms} value={ms}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="bench-button primary"
          disabled={raw === undefined || echo === undefined || state.stage === 'opening'}
          onClick={() => {
            if (raw !== undefined && echo !== undefined) void connectByHand(raw, echo, heartbeatMs);
          }}
        >
          Connect by hand
        </button>
        <button type="button" className="bench-button" disabled={!isOpen} onClick={handClient.hangUp}>
          Hang up
        </button>
        <span className="panel-note" role="status">
          {handNote(state)}
        </span>
      </div>
      <div className="panel-row">
        <label className="check">
          <input
            type="checkbox"
            checked={answers}
            onChange={(event) => {
              $answers.set(event.target.checked);
              if (event.target.checked) answerPings();
            }}
          />
          Answer pings at once
        </label>
        <button
          type="button"
          className="bench-button"
          disabled={!isOpen || openPings.length === 0}
          onClick={answerPings}
        >
          Answer now
        </button>
        <span className="panel-note">
          {isOpen && `${String(openPings.length)} of the server’s pings wait for your pong.`}
        </span>
      </div>
      <OwnFrames isOpen={isOpen} />
      <WireOnDemand table={table} />
    </div>
  );
}

/** Pings and pongs of the learner's own. */
function OwnFrames({ isOpen }: { isOpen: boolean }) {
  const [text, setText] = useState('are you there?');
  const payload = encodeUtf8(text);
  return (
    <div className="panel-row">
      <label className="text-option">
        Payload, {formatBytes(payload.length)}
        {payload.length > 125 && ': longer than a control frame may be (§5.5)'}
        <input
          type="text"
          value={text}
          maxLength={126}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </label>
      <button
        type="button"
        className="bench-button quiet"
        onClick={() => {
          setText(text.slice(0, 20).padEnd(125, '.'));
        }}
      >
        Fill to 125 bytes
      </button>
      <button
        type="button"
        className="bench-button"
        disabled={!isOpen}
        onClick={() => {
          sendControl(Opcode.ping, payload);
        }}
      >
        Ping
      </button>
      <button
        type="button"
        className="bench-button"
        disabled={!isOpen}
        onClick={() => {
          sendControl(Opcode.ping, ...['1', '2', '3'].map(encodeUtf8));
        }}
      >
        Three pings at once
      </button>
      <button
        type="button"
        className="bench-button"
        disabled={!isOpen}
        onClick={() => {
          sendControl(Opcode.pong, payload);
        }}
      >
        Pong that nobody asked for
      </button>
    </div>
  );
}
