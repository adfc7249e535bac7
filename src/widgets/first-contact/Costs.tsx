import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { ledger, type LedgerSide } from '../../derive/ledger.ts';

/** What the connection has cost so far, in bytes, each way: once for the handshake, then for each frame. */
export function Costs({ connection }: { connection: Connection }) {
  const { client, server } = useMemo(() => ledger(connection), [connection]);
  const row = (label: string, of: (side: LedgerSide) => number) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{of(client).toLocaleString('en')}</td>
      <td>{of(server).toLocaleString('en')}</td>
    </tr>
  );
  return (
    <table className="costs">
      <caption>Bytes on the wire</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" data-side="client">
            Client to server
          </th>
          <th scope="col" data-side="server">
            Server to client
          </th>
        </tr>
      </thead>
      <tbody>
        {row('Handshake, once', (side) => side.handshakeBytes)}
        {row('Frames sent', (side) => side.frames)}
        {row('Their headers', (side) => side.frameHeaderBytes)}
        {row('Their payload', (side) => side.payloadBytes)}
      </tbody>
    </table>
  );
}
