import type { Copy, LedgerLine } from '../../derive/message-fate.ts';
import { formatMs } from '../../ui/units.ts';
import { fateSigns } from './fate-words.ts';

/** What the three eyewitnesses say of one message. */
export function Testimonies({ line }: { line: LedgerLine | undefined }) {
  return (
    <div className="testimonies" role="status">
      {line ? (
        <>
          <p>
            <strong>
              Message {line.number} of the {line.from === 'client' ? 'page' : 'server'}
              {line.life > 1 && `, in life ${String(line.life)} of the server`}: {line.fate}
            </strong>
            , {fateSigns[line.fate].meaning}.
          </p>
          <dl>
            <div>
              <dt>Its sender</dt>
              <dd>{line.belief ?? 'the server’s program made it'}</dd>
            </div>
            <div>
              <dt>The wire</dt>
              <dd>{wireWords(line)}</dd>
            </div>
            <div>
              <dt>Its receiver</dt>
              <dd>{receiverWords(line)}</dd>
            </div>
          </dl>
        </>
      ) : (
        <p className="panel-note">
          Choose a message, by a click or with the arrow keys: its sender, the wire and its receiver each say
          what they know of it.
        </p>
      )}
    </div>
  );
}

function wireWords({ copies, givenAt }: LedgerLine): string {
  if (copies.length === 0) return 'it never entered the link';
  const shown = copies.slice(0, 4).map((copy) => copyWords(copy, givenAt));
  const more = copies.length > shown.length ? ` … ${String(copies.length)} times in all` : '';
  return `${shown.join('; then ')}${more}`;
}

function copyWords({ conn, frame, at, due, isLost }: Copy, givenAt: number): string {
  const entered = `entered connection ${String(conn)} after ${formatMs(Math.max(0, at - givenAt))} as frame ${String(frame)}`;
  if (isLost) return `${entered}, and was lost in the link`;
  return due === undefined
    ? `${entered}, and is held by the link`
    : `${entered}, left it ${formatMs(due - at)} later`;
}

function receiverWords({ appliedAt, givenAt }: LedgerLine): string {
  if (appliedAt.length === 0) return 'it was not applied';
  const times = appliedAt.slice(0, 4).map((at) => `after ${formatMs(Math.max(0, at - givenAt))}`);
  return `applied ${appliedAt.length === 1 ? 'once' : `${String(appliedAt.length)} times`}: ${times.join(', ')}`;
}
