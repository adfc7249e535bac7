import { sha1 } from '@noble/hashes/legacy.js';
import { base64 } from '@scure/base';

/** What every server appends to the key (RFC 6455 §1.3). */
export const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The way from a key to its accept value, step by step. */
export interface AcceptSteps {
  key: string;
  guid: string;
  concatenated: string;
  /** 20 bytes. */
  sha1: Uint8Array;
  accept: string;
}

/** Works out the accept value of a key (RFC 6455 §1.3, §4.2.2). The key is used as it was sent, not decoded. */
export function acceptSteps(key: string): AcceptSteps {
  const concatenated = key + handshakeGuid;
  const digest = sha1(Uint8Array.from(concatenated, (character) => character.charCodeAt(0) & 0xff));
  return { key, guid: handshakeGuid, concatenated, sha1: digest, accept: base64.encode(digest) };
}

/** The value that `Sec-WebSocket-Accept` must have for a key. */
export const acceptKey = (key: string): string => acceptSteps(key).accept;
