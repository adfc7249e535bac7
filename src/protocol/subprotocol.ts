import type { ListFault } from './extension.ts';
import { isToken } from './token.ts';
import { visibleText } from './visible-text.ts';
import { trimBlanks } from './white-space.ts';

/** The subprotocols of a `Sec-WebSocket-Protocol` field, or of several (RFC 6455 §4.1, §11.3.4). */
export interface SubprotocolList {
  /** As they stood, in order of preference, repeated ones and broken ones included. */
  subprotocols: string[];
  /** Those that are no token, or empty. */
  notTokens: ListFault[];
  /** Those that stood before already; letters count as they are. */
  repeated: ListFault[];
}

/** Reads the subprotocols of a head's `Sec-WebSocket-Protocol` fields. `values` are theirs, in order. */
export function parseSubprotocols(values: readonly string[]): SubprotocolList {
  const list: SubprotocolList = { subprotocols: [], notTokens: [], repeated: [] };
  const seen = new Set<string>();
  for (const [field, value] of values.entries()) {
    let start = 0;
    for (const member of value.split(',')) {
      const subprotocol = trimBlanks(member);
      const at = start + member.indexOf(subprotocol);
      const place = { field, at: { start: at, end: at + subprotocol.length } };
      if (subprotocol === '') {
        list.notTokens.push({ ...place, found: 'an empty one' });
      } else {
        if (!isToken(subprotocol)) list.notTokens.push({ ...place, found: visibleText(subprotocol) });
        if (seen.has(subprotocol)) {
          list.repeated.push({ ...place, found: `${visibleText(subprotocol)} twice` });
        }
        seen.add(subprotocol);
        list.subprotocols.push(subprotocol);
      }
      start += member.length + 1;
    }
  }
  return list;
}

/**
 * The subprotocol that a server picks: the first one offered that it speaks, or none (RFC 6455 §4.2.2). Where none fits,
 * the answer must not name any.
 */
export const pickSubprotocol = (offered: readonly string[], spoken: readonly string[]): string | undefined =>
  offered.find((subprotocol) => spoken.includes(subprotocol));
