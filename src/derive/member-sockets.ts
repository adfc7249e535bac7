import { Opcode } from '../protocol/opcode.ts';
import { readClosePayload } from '../protocol/close-payload.ts';
import { chatTargetOf } from './chat-target.ts';
import type { Connection } from './connection.ts';

/** A socket of the chat, as the wire tells of it. Times are milliseconds since the lab began. */
export interface MemberSocket {
  conn: number;
  /** Whose it is, by its address; `undefined` before the request is whole. */
  name: string | undefined;
  openedAt: number;
  /** `left`: the client has said goodbye or hung up, and the closing handshake may be under way. */
  state: 'connecting' | 'open' | 'left' | 'refused' | 'ended';
  /** When the client's Close frame, or the first end, was on the wire. */
  leftAt: number | undefined;
  /** The code of the first Close frame. */
  closeCode: number | undefined;
}

/** The sockets of the chat that came after a connection, in the order in which they came. */
export function memberSockets(connections: readonly Connection[], after = 0): MemberSocket[] {
  return connections.flatMap((connection) => {
    if (connection.conn <= after) return [];
    const target = chatTargetOf(connection);
    const isChat = target ? !target.isMessages : /\/chat(\?|$)/.test(connection.path ?? '');
    if (!isChat) return [];
    const closes = connection.frames.filter(({ frame }) => frame.opcode === Opcode.close);
    const { end, conn, openedAt } = connection;
    return {
      conn,
      openedAt,
      name: target?.parameter('name'),
      state: stateOf(connection, closes.length > 0),
      leftAt: closes.find(({ from }) => from === 'client')?.at ?? end?.at,
      closeCode: closes[0] && readClosePayload(closes[0].frame.payload).closeCode,
    };
  });
}

function stateOf({ end, handshake }: Connection, isClosing: boolean): MemberSocket['state'] {
  if (handshake === 'refused') return 'refused';
  if (end) return 'ended';
  if (isClosing) return 'left';
  return handshake === 'open' ? 'open' : 'connecting';
}

/** Sockets that stand, or are about to: what the network, the server and the battery pay for. */
export const standing = (sockets: readonly MemberSocket[]): MemberSocket[] =>
  sockets.filter(({ state }) => state === 'open' || state === 'connecting');
