import type { Connection } from '../../derive/connection.ts';
import { ledgerByKind, ledgerTotal, type LedgerEntry, type LedgerRow } from '../../derive/ledger-by-kind.ts';
import { formatBytes } from '../../ui/units.ts';
import './ledger-table.css';

/** The byte ledger: header bytes against payload bytes, each direction and each kind, the handshake included. */
export function LedgerTable({ connections }: { connections: readonly Connection[] }) {
  const rows = ledgerByKind(connections);
  if (rows.length === 0) return <p className="wire-empty">No bytes yet.</p>;
  return (
    <div className="ledger">
      <table>
        <caption className="sr-only">Bytes on the wire, headers and payload, by kind and direction</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Kind
            </th>
            <th scope="colgroup" colSpan={3} data-side="client">
              Client to server
            </th>
            <th scope="colgroup" colSpan={3} data-side="server">
              Server to client
            </th>
          </tr>
          <tr>
            {(['client', 'server'] as const).map((side) =>
              ['number', 'headers', 'payload'].map((name) => (
                <th key={`${side}-${name}`} scope="col" data-side={side}>
                  {name}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.kind} row={row} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all</th>
            <Entry entry={ledgerTotal(rows, 'client')} />
            <Entry entry={ledgerTotal(rows, 'server')} />
          </tr>
        </tfoot>
      </table>
      {(['client', 'server'] as const).map((side) => (
        <Share key={side} side={side} {...ledgerTotal(rows, side)} />
      ))}
    </div>
  );
}

function Row({ row }: { row: LedgerRow }) {
  return (
    <tr>
      <th scope="row">{row.kind}</th>
      <Entry entry={row.client} />
      <Entry entry={row.server} />
    </tr>
  );
}

function Entry({ entry: { count, headerBytes, payloadBytes } }: { entry: LedgerEntry }) {
  return (
    <>
      <td>{count.toLocaleString('en')}</td>
      <td>{headerBytes.toLocaleString('en')}</td>
      <td>{payloadBytes.toLocaleString('en')}</td>
    </>
  );
}

/** How the bytes of one side part into headers and payload. */
function Share({ side, headerBytes, payloadBytes }: LedgerEntry & { side: 'client' | 'server' }) {
  const all = headerBytes + payloadBytes;
  const percent = all === 0 ? 0 : Math.round((payloadBytes / all) * 100);
  return (
    <p className="ledger-share" data-side={side}>
      <span className="ledger-bar" aria-hidden="true">
        <span style={{ width: `${String(percent)}%` }} />
      </span>
      <span>
        {side === 'client' ? 'Client' : 'Server'}: {formatBytes(all)} sent, {percent} % of them payload
      </span>
    </p>
  );
}
