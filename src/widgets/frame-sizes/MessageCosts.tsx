import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { dataMessages, type DataMessage } from '../../derive/data-message.ts';
import { ledger } from '../../derive/ledger.ts';

/** So many messages are listed, the newest. */
const mostMessages = 12;

/** What each message cost on the wire: frames, header bytes, payload, and the pieces that TCP made of it. */
export function MessageCosts({ connection }: { connection: Connection }) {
  const messages = useMemo(() => dataMessages(connection).slice(-mostMessages), [connection]);
  const { client, server } = useMemo(() => ledger(connection), [connection]);
  const share = (side: typeof client): string =>
    side.payloadBytes === 0
      ? ''
      : `, ${((100 * side.frameHeaderBytes) / (side.frameHeaderBytes + side.payloadBytes)).toFixed(2)} %`;
  return (
    <>
      {/* A table that scrolls must be reachable for the arrow keys. */}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
      <div className="message-costs" tabIndex={0} role="group" aria-label="Messages on the wire, newest last">
        <table>
          <caption className="sr-only">What each message cost on the wire</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Frames</th>
              <th scope="col">Header</th>
              <th scope="col">Payload</th>
              <th scope="col">Total</th>
              <th scope="col">Pieces</th>
            </tr>
          </thead>
          <tbody>
            {messages.map((message) => (
              <Row key={message.frames[0]?.index} message={message} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="panel-note cut-up">{cutUpSays(messages)}</p>
      <p className="panel-note">
        Headers so far: client {client.frameHeaderBytes.toLocaleString('en')} bytes{share(client)}; server{' '}
        {server.frameHeaderBytes.toLocaleString('en')} bytes{share(server)} of all frame bytes. The handshake
        before them took {(client.handshakeBytes + server.handshakeBytes).toLocaleString('en')} bytes, both
        ways together.
      </p>
    </>
  );
}

/** How the last message that a side cut up was cut. */
function cutUpSays(messages: readonly DataMessage[]): string {
  const last = messages.findLast(({ frames }) => frames.length > 1);
  if (!last) return 'No message has been cut into fragments so far.';
  const sizes = last.frames.map(({ frame }) => frame.payloadLength.toLocaleString('en')).join(' + ');
  const headers = last.frames
    .map(({ frame, range }) => range.end - range.start - frame.payloadLength)
    .join(' + ');
  return `The ${last.from} cut ${last.payloadBytes.toLocaleString('en')} bytes into ${String(last.frames.length)} frames: ${sizes} bytes of payload, with headers of ${headers}.`;
}

function Row({ message }: { message: DataMessage }) {
  const { from, frames, headerBytes, payloadBytes, pieces, isFinished } = message;
  return (
    <tr data-side={from}>
      <th scope="row">
        <span className="side-letter" aria-hidden="true">
          {from === 'client' ? 'C' : 'S'}
        </span>
        <span className="sr-only">{from === 'client' ? 'Client' : 'Server'}</span>
      </th>
      <td>{isFinished ? frames.length : `${String(frames.length)} …`}</td>
      <td>{headerBytes.toLocaleString('en')}</td>
      <td>{payloadBytes.toLocaleString('en')}</td>
      <td>{(headerBytes + payloadBytes).toLocaleString('en')}</td>
      <td>{pieces}</td>
    </tr>
  );
}
