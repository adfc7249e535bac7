import type { DrawnRun } from './draw-run.ts';

/** The runs of this page next to each other: what keep-alive changes, and what it does not. */
export function RunTable({ drawn }: { drawn: readonly DrawnRun[] }) {
  if (drawn.length === 0) {
    return (
      <div className="panel">
        <p className="panel-note">
          No run yet. Make one with keep-alive and one without, and compare them here.
        </p>
      </div>
    );
  }
  return (
    <div className="panel">
      <table className="side-totals">
        <caption>Your runs, the polls of each, counted from the wire log</caption>
        <thead>
          <tr>
            <th scope="col">Keep-alive</th>
            <th scope="col">Polls</th>
            <th scope="col">TCP connections</th>
            <th scope="col">Bytes of heads</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map(({ run, polls: { totals } }) => (
            <tr key={run.mark}>
              <th scope="row">{run.keepAlive ? 'on' : 'off'}</th>
              <td>{totals.requests}</td>
              <td>{totals.connections}</td>
              <td>{(totals.client.headBytes + totals.server.headBytes).toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
