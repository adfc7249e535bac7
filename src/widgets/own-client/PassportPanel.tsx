import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { passportOf } from '../../derive/passport.ts';
import { passportText, type PassportLine } from '../../derive/passport-text.ts';
import { cut, inject } from '../../lab/lab-client.ts';
import { encodeFrame } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { hexByte } from '../../ui/byte-text.ts';

export interface PassportPanelProps {
  connection: Connection;
  connections: readonly Connection[];
  /** The lab that it is a connection of; `undefined` where it is one of a recording. */
  labId: string | undefined;
}

/** What a client has revealed so far, and two questions to put to it: a ping and a Close. */
export function PassportPanel({ connection, connections, labId }: PassportPanelProps) {
  const [problem, setProblem] = useState<string>();
  const passport = useMemo(() => passportOf(connection, connections), [connection, connections]);
  const isOpen = connection.handshake === 'open' && !connection.end;
  const canAsk = isOpen && labId !== undefined;
  const ask = (question: (id: string) => Promise<void>): void => {
    if (labId === undefined) return;
    setProblem(undefined);
    question(labId).catch((error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div className="passport-panel">
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!canAsk}
          onClick={() => {
            const frame = pingFrame(`ping ${String(passport.pings.received + 1)}`);
            ask((id) => inject(id, frame, connection.conn));
          }}
        >
          Ping it
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={!canAsk}
          onClick={() => {
            ask((id) =>
              cut(id, { how: 'close', code: 1000, reason: 'that is all', connection: connection.conn }),
            );
          }}
        >
          Send it a Close
        </button>
        <span className="panel-note">
          {isOpen
            ? 'Both are sent by the server, on this very connection.'
            : 'It is not open: nothing more can be asked of it.'}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <div className="passport">
        {passportText(passport).map(({ title, lines }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map((line) => (
                <Line key={line.name} line={line} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}

const marks: Record<PassportLine['mark'], { sign: string; says: string }> = {
  held: { sign: '✓', says: 'held: ' },
  broken: { sign: '✗', says: 'broken: ' },
  open: { sign: '○', says: 'not known yet: ' },
  plain: { sign: '·', says: '' },
};

function Line({ line: { name, seen, mark, section } }: { line: PassportLine }) {
  return (
    <div data-mark={mark}>
      <dt>
        <span aria-hidden="true">{marks[mark].sign}</span> {name}
      </dt>
      <dd>
        <span className="sr-only">{marks[mark].says}</span>
        {seen} {section !== undefined && <span className="section">{section}</span>}
      </dd>
    </div>
  );
}

/** A ping in hex, as the server would write it. */
const pingFrame = (payload: string): string =>
  [...encodeFrame({ opcode: Opcode.ping, payload: encodeUtf8(payload) })].map(hexByte).join('');
