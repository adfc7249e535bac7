import type { Testimony } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';

const stateNames = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/** What the page's script saw of its own socket: the other eyewitness beside the wire. */
export function ScriptEvents({
  testimonies,
  status,
}: {
  testimonies: readonly Testimony[];
  status: string | undefined;
}) {
  if (testimonies.length === 0) {
    return <p className="evidence-empty">This page&rsquo;s script has opened no connection yet.</p>;
  }
  const failed = testimonies.some(({ what }) => what === 'error');
  return (
    <div className="script-events">
      <table>
        <caption className="sr-only">What the script did and saw</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">What</th>
            <th scope="col">readyState</th>
            <th scope="col">What came with it</th>
          </tr>
        </thead>
        <tbody>
          {testimonies.map(({ at, what, readyState, detail }, index) => (
            <tr key={index}>
              <td>{formatMs(at)}</td>
              <td>
                <code>{what}</code>
              </td>
              <td>
                {readyState} {stateNames[readyState]}
              </td>
              <td>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {failed && (
        <p>
          The script is told nothing but 1006. The wire shows{' '}
          {status === undefined ? 'no answer at all' : <strong>{status}</strong>}. The browser hides it on
          purpose: a page that learnt why a connection failed could scan the network that it is in (WHATWG
          WebSockets, “fail the WebSocket connection”).
        </p>
      )}
    </div>
  );
}
