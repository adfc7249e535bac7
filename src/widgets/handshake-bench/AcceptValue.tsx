import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { acceptSteps } from '../../protocol/accept-key.ts';
import { fieldValues } from '../../protocol/read-head.ts';
import { hexByte } from '../../ui/byte-text.ts';

/** The accept value worked out step by step from this connection's own key, beside what the server sent. */
export function AcceptValue({ connection }: { connection: Connection }) {
  const { request, response } = connection;
  const key = request && fieldValues(request, 'Sec-WebSocket-Key')[0];
  const steps = useMemo(() => (key === undefined ? undefined : acceptSteps(key)), [key]);
  if (!steps)
    return (
      <p className="evidence-empty">
        This request carries no Sec-WebSocket-Key: there is nothing to work out.
      </p>
    );
  const sent = response && fieldValues(response, 'Sec-WebSocket-Accept')[0];
  return (
    <div className="accept-value">
      <ol>
        <li>
          <span>The key of this connection, as the client sent it</span>
          <code data-side="client">{steps.key}</code>
        </li>
        <li>
          <span>The GUID of the standard, the same for everybody, appended to it</span>
          <code>
            <span data-side="client">{steps.key}</span>
            {steps.guid}
          </code>
        </li>
        <li>
          <span>SHA-1 of these {steps.concatenated.length} characters: 20 bytes</span>
          <code>{[...steps.sha1].map(hexByte).join(' ')}</code>
        </li>
        <li>
          <span>The 20 bytes in base64: the accept value that the server owes</span>
          <code>{steps.accept}</code>
        </li>
        <li>
          <span>What this server sent</span>
          <code data-side="server">{sent ?? '(no Sec-WebSocket-Accept)'}</code>
        </li>
      </ol>
      <p className="accept-verdict" data-ok={sent === steps.accept}>
        {verdict(sent, steps.accept)} <span className="section">RFC 6455 §1.3, §4.2.2</span>
      </p>
    </div>
  );
}

function verdict(sent: string | undefined, owed: string): string {
  if (sent === undefined) return '– The server sent none, so there is no WebSocket here.';
  return sent === owed
    ? '✓ Equal: the server has read this very key.'
    : '✗ Not equal: a client has to fail the connection.';
}
