import { standing, type MemberSocket } from '../../derive/member-sockets.ts';
import { formatMs } from '../../ui/units.ts';

const words: Record<MemberSocket['state'], string> = {
  connecting: 'connecting',
  open: 'open',
  left: 'closing',
  refused: 'refused',
  ended: 'ended',
};

/** So many are listed, the newest. */
const mostRows = 8;

/** What the wire saw of a component's sockets, and how many it needs. */
export function SocketFacts({
  sockets,
  needed,
  isRun,
}: {
  sockets: readonly MemberSocket[];
  needed: number;
  isRun: boolean;
}) {
  const now = standing(sockets).length;
  const first = sockets[0]?.openedAt ?? 0;
  const left = sockets.length - mostRows;
  return (
    <section className="fact-list hook-facts" aria-label="Its sockets on the wire">
      <h3>Its sockets on the wire</h3>
      <dl>
        <div>
          <dt>opened since it was mounted</dt>
          <dd>{sockets.length}</dd>
        </div>
        <div data-ok={now <= needed}>
          <dt>open now; needed</dt>
          <dd>
            {now}; {needed}
            {isRun && now > needed && <strong> – too many</strong>}
          </dd>
        </div>
      </dl>
      <table>
        <caption className="sr-only">Each socket, oldest first</caption>
        <thead>
          <tr>
            <th scope="col">after</th>
            <th scope="col">whose</th>
            <th scope="col">now</th>
            <th scope="col">Close</th>
          </tr>
        </thead>
        <tbody>
          {sockets.slice(-mostRows).map(({ conn, openedAt, name, state, closeCode }) => (
            <tr key={conn}>
              <td>{formatMs(openedAt - first)}</td>
              <td>{name ?? '?'}</td>
              <td>{words[state]}</td>
              <td>{closeCode ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className="panel-note">{left} older ones are not listed.</p>}
    </section>
  );
}
