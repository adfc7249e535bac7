import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import {
  judgeConnection,
  type Comparison,
  type Judgement,
  type ServerConduct,
} from '../../derive/stream-verdict.ts';
import { meaningOfCloseCode } from '../../protocol/close-code.ts';
import { rules } from '../../protocol/rules.ts';
import { formatBytes } from '../../ui/units.ts';
import { frameLine } from './describe-bytes.ts';

/** What became of the frames: the standard's verdict beside what the server did, all from the wire log. */
export function Outcome({ connection }: { connection: Connection | undefined }) {
  const judgement = useMemo(
    () => (connection?.handshake === 'open' ? judgeConnection(connection) : undefined),
    [connection],
  );
  if (!connection || !judgement) {
    return (
      <p className="outcome-empty">
        Nothing has been sent yet. What the server answers will appear here, beside what the standard says.
      </p>
    );
  }
  return (
    <section className="outcome" aria-label="What the server made of it">
      <dl className="verdict-summary" aria-live="polite">
        <div>
          <dt>The standard</dt>
          <dd data-ok={judgement.client.broken.length === 0}>{standardSays(judgement)}</dd>
        </div>
        <div>
          <dt>The server</dt>
          <dd>{serverDid(judgement.server, connection)}</dd>
        </div>
        <div>
          <dt>Compared</dt>
          <dd data-compared={judgement.compared}>{comparedSays(judgement)}</dd>
        </div>
      </dl>
      <Crossed connection={connection} />
    </section>
  );
}

/** So many of the last frames are listed; the wire view below has them all. */
const mostFrames = 7;

/** The frames of both sides in the order in which they crossed, and how TCP ended. */
function Crossed({ connection }: { connection: Connection }) {
  const { frames, client, end } = connection;
  const shown = frames.slice(-mostFrames);
  const writes = client.chunks.length - 1;
  return (
    <>
      <ol className="crossed" aria-label="Frames that crossed">
        {shown.map((timed) => (
          <li key={timed.index} data-side={timed.from}>
            <span className="side-letter" aria-hidden="true">
              {timed.from === 'client' ? 'C' : 'S'}
            </span>
            <span className="sr-only">{timed.from === 'client' ? 'Client: ' : 'Server: '}</span>
            <code>{frameLine(timed.frame)}</code>
          </li>
        ))}
        {end && (
          <li data-side={end.by === 'link' ? undefined : end.by}>
            <span className="side-letter" aria-hidden="true">
              {end.by === 'client' ? 'C' : end.by === 'server' ? 'S' : 'L'}
            </span>
            <span>
              TCP ended with {end.how.toUpperCase()} by the {end.by}
            </span>
          </li>
        )}
      </ol>
      <p className="panel-note">
        {frames.length > mostFrames && `The last ${String(mostFrames)} of ${String(frames.length)} frames. `}
        Connection {connection.conn}; behind the handshake the client&rsquo;s bytes reached the server in{' '}
        {writes === 1 ? '1 piece' : `${String(writes)} pieces`}.
      </p>
    </>
  );
}

function standardSays({ client }: Judgement): string {
  const [first, ...others] = client.broken;
  if (!first) return client.pending ? '… The last frame is not whole yet' : '✓ Legal';
  const more = others.length === 0 ? '' : `, and ${String(others.length)} more`;
  return `✗ ${first.rule.id}${more}: fail with ${String(first.rule.closeCode)} (${first.rule.section})`;
}

function serverDid(server: ServerConduct, { end, server: stream }: Connection): string {
  switch (server.kind) {
    case 'silent':
      return 'has said nothing so far';
    case 'answered':
      return 'took it, and answered';
    case 'gone':
      return `sent no Close; TCP ended with ${end?.how.toUpperCase() ?? ''} after ${formatBytes(stream.byteCount)}`;
    case 'closed': {
      const { closeCode, closeReason, failed } = server;
      const name = meaningOfCloseCode(closeCode).name.toLowerCase();
      const reason = closeReason === '' ? '' : `, “${closeReason}”`;
      const ended = end ? `; TCP ended with ${end.how.toUpperCase()} by the ${end.by}` : '';
      return `${failed ? 'failed the connection' : 'answered the Close'}: ${String(closeCode)} (${name})${reason}${ended}`;
    }
  }
}

function comparedSays({ compared, client }: Judgement): string {
  const why = compared === 'agree' ? undefined : whyWsDiffers[client.broken[0]?.rule.id ?? ''];
  return `${comparisons[compared]}${why === undefined || compared === 'open' ? '' : ` ${why}`}`;
}

/** Where ws 8.23 and the standard part, by rule: test/widgets/frame-builder/frame-presets.test.ts has each. */
const whyWsDiffers: Readonly<Record<string, string>> = {
  [rules.minimalLength.id]: 'ws reads all three forms of the length, whatever it says.',
  [rules.lengthTopBit.id]: 'ws calls any length above 2^53 - 1 too big, before it looks at the bit.',
};

const comparisons: Record<Comparison, string> = {
  agree: 'They agree.',
  laxer: 'They differ: this server let pass what the standard forbids.',
  'other code': 'They agree that it has to fail, but not on the close code.',
  stricter: 'They differ: nothing here breaks a rule, and still the server failed the connection.',
  open: 'Nothing to compare yet.',
};
