import type { PictureTotals } from '../../derive/transport-picture.ts';
import type { DrawnRun } from './draw-run.ts';

const rows: [label: string, of: (totals: PictureTotals) => number][] = [
  ['TCP connections', ({ connections }) => connections],
  ['Requests', ({ requests }) => requests],
  ['Messages', ({ messages }) => messages],
  ['Heads and headers, client, bytes', ({ client }) => client.headBytes],
  ['Heads and headers, server, bytes', ({ server }) => server.headBytes],
  ['Payload, both, bytes', ({ client, server }) => client.payloadBytes + server.payloadBytes],
];

/** What both ways add up to, counted from the rows above. */
export function TotalsTable({ drawn }: { drawn: DrawnRun | undefined }) {
  return (
    <table className="side-totals">
      <caption>Counted from the wire log. TCP and IP have headers too; the log does not see them.</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Polls</th>
          <th scope="col">WebSocket</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, of]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{drawn ? of(drawn.polls.totals).toLocaleString('en') : '–'}</td>
            <td>{drawn ? of(drawn.socket.totals).toLocaleString('en') : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
