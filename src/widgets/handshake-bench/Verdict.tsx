import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { handshakeVerdict, type HandshakeVerdict } from '../../derive/handshake-verdict.ts';

/** The page's own verdict on a handshake, rule by rule, beside what the server did. */
export function Verdict({ connection }: { connection: Connection }) {
  const verdict = useMemo(() => handshakeVerdict(connection), [connection]);
  if (!verdict)
    return <p className="evidence-empty">The request is not whole yet: a rule needs all of it.</p>;
  return (
    <div className="verdict">
      <dl className="verdict-summary">
        <div>
          <dt>The standard</dt>
          <dd data-ok={verdict.brokenByRequest + verdict.brokenByResponse === 0}>{standardSays(verdict)}</dd>
        </div>
        <div>
          <dt>The server</dt>
          <dd>{serverDid(connection, verdict)}</dd>
        </div>
        <div>
          <dt>Compared</dt>
          <dd data-compared={verdict.compared}>{comparison[verdict.compared]}</dd>
        </div>
      </dl>
      <ol className="rule-list">
        {brokenFirst(verdict.checks).map(({ rule, ok, found, side }) => (
          <li key={`${side} ${rule.id}`} data-ok={ok}>
            <span className="rule-mark">
              <span aria-hidden="true">{ok ? '✓' : '✗'}</span>
              <span className="sr-only">{ok ? 'held:' : 'broken:'}</span>
            </span>
            <span>
              {rule.says} <em className="rule-found">{found}</em>
            </span>
            <span className="section">{rule.section}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What is broken stands on top; within broken and held, the order is the standard's. */
const brokenFirst = (checks: HandshakeVerdict['checks']) =>
  checks.toSorted((one, other) => Number(one.ok) - Number(other.ok));

function standardSays({ brokenByRequest, brokenByResponse, checks }: HandshakeVerdict): string {
  if (brokenByRequest + brokenByResponse === 0) return `✓ All ${String(checks.length)} rules hold`;
  const parts = [
    brokenByRequest > 0 && `the request breaks ${String(brokenByRequest)}`,
    brokenByResponse > 0 && `the response breaks ${String(brokenByResponse)}`,
  ].filter((part) => part !== false);
  return `✗ Of ${String(checks.length)} rules ${parts.join(', ')}`;
}

function serverDid({ response }: Connection, { server }: HandshakeVerdict): string {
  if (!response) return server === 'silent' ? 'has not answered' : '';
  return `answered ${String(response.statusCode)} ${response.reasonPhrase}`;
}

const comparison: Record<HandshakeVerdict['compared'], string> = {
  agree: 'They agree.',
  laxer: 'They differ: this server let pass what the standard forbids.',
  stricter:
    'They differ: nothing is wrong with the form of the request. The server has reasons of its own; its body may say which.',
  open: 'Nothing to compare yet.',
};
