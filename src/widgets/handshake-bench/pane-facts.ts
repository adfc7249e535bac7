import { timesOf, type Connection } from '../../derive/connection.ts';
import { headChanges, type HeadChanges } from '../../derive/head-changes.ts';
import type { RequestHead, ResponseHead } from '../../protocol/http-head.ts';
import { formatMs } from '../../ui/units.ts';

/** Everything that a pane shows of one head. */
export interface PaneFacts {
  title: string;
  head: RequestHead | ResponseHead | undefined;
  /** What has come of a head that is not whole. */
  pending: Uint8Array;
  /** What stands behind the head of a refusal. */
  body: Uint8Array;
  /** When it crossed, in words. */
  when: string | undefined;
  /** What the pane says while there is nothing to show. */
  empty: string;
  /** How it differs from the same head of an earlier connection. */
  changes: HeadChanges | undefined;
}

const none = new Uint8Array(0);

/** What a pane shows of a connection, `earlier` being the one to compare it with. */
export function paneFacts(
  kind: 'request' | 'response',
  connection: Connection | undefined,
  earlier: Connection | undefined,
): PaneFacts {
  const isRequest = kind === 'request';
  const head = connection?.[kind];
  const before = earlier?.[kind];
  const stream = isRequest ? connection?.client : connection?.server;
  const times = head && stream && timesOf(stream, { start: 0, end: head.bytes.length });
  return {
    title: isRequest ? 'Request' : titleOfResponse(connection),
    head,
    pending: (isRequest ? connection?.requestPending : undefined) ?? none,
    body: (isRequest ? undefined : connection?.responseBody) ?? none,
    when: times && formatMs(times.at - connection.openedAt),
    empty: emptyWords(kind, connection),
    changes: head && before && headChanges(before, head),
  };
}

const titleOfResponse = (connection: Connection | undefined): string =>
  connection?.server.chunks[0]?.byLink === true ? 'Response, made by the proxy' : 'Response';

function emptyWords(kind: 'request' | 'response', connection: Connection | undefined): string {
  if (!connection) {
    return kind === 'request'
      ? 'Press Connect: your browser’s request appears here, byte for byte.'
      : 'And here what the server answers.';
  }
  if (connection.beheaded) return 'The log no longer holds the beginning of this connection.';
  if (kind === 'request') return 'Nothing has been sent yet.';
  return connection.end ? 'The connection ended without a response.' : 'No response yet.';
}
