import type { MessageWeight } from '../../derive/message-weights.ts';

/** So many messages are listed, the newest. */
const mostMessages = 12;

/** What each message weighed before compression and on the wire, newest last. */
export function WeightTable({ weights }: { weights: readonly MessageWeight[] }) {
  const first = Math.max(0, weights.length - mostMessages);
  return (
    // A table that scrolls must be reachable for the arrow keys.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <div className="weights" tabIndex={0} role="group" aria-label="Messages and their weight, newest last">
      <table>
        <caption>Payload of each message, bytes</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Message</th>
            <th scope="col">On the wire</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {weights.slice(first).map(({ from, messageBytes, wireBytes, isCompressed }, index) => (
            <tr key={first + index}>
              <th scope="row">{from}</th>
              <td>{messageBytes}</td>
              <td>
                {wireBytes}
                {isCompressed ? '' : ', as it is'}
              </td>
              <td>
                <meter
                  min={0}
                  max={Math.max(1, messageBytes)}
                  value={wireBytes}
                  aria-label="Share on the wire"
                />{' '}
                {messageBytes === 0 ? '–' : `${((100 * wireBytes) / messageBytes).toFixed(0)} %`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {weights.length === 0 && <p className="panel-note">Connect, and send the JSON twice.</p>}
    </div>
  );
}
