import { fieldValues } from '../protocol/read-head.ts';
import type { Connection, TimedFrame } from './connection.ts';
import { readAsHttp, type HttpReading } from './read-as-http.ts';
import { streamBytes } from './stream-bytes.ts';

/** How an attack on the cache of a proxy came out: `waiting` while the victim has no whole answer yet. */
export type PoisoningOutcome = 'waiting' | 'poisoned' | 'spared';

/** An attack on the cache of a proxy, and what came of it, all read from the wire log. */
export interface PoisoningRun {
  /** The attacker's page to its own server, on the client's side of the proxy. */
  attack: Connection;
  /** The same connection on the server's side of the proxy. */
  passedOn: Connection | undefined;
  /** The first frame that the attacker's page sent. */
  frame: TimedFrame | undefined;
  /** What a reader of HTTP makes of that frame. */
  frameAsHttp: HttpReading<'request'> | undefined;
  /** What the attacker's server sent behind its 101. */
  answer: Uint8Array;
  /** The victim's own connection through the proxy. */
  victim: Connection | undefined;
  outcome: PoisoningOutcome;
}

/** The newest attack in the log of a lab; `undefined` where there was none. */
export function lastPoisoningRun(connections: readonly Connection[]): PoisoningRun | undefined {
  const at = connections.findLastIndex(isAttack);
  const attack = connections[at];
  if (!attack?.request) return undefined;
  const later = connections.slice(at + 1);
  const target = attack.request.target;
  const passedOn = later.find(({ path }) => path === target);
  const victim = later.find(({ path, request }) => path === null && request?.target === '/library.js');
  const frame = attack.frames.find(({ from }) => from === 'client');
  const framesBegin = attack.response?.bytes.length ?? attack.server.byteCount;
  const answer = streamBytes(attack.server, { start: framesBegin, end: attack.server.byteCount });
  return {
    attack,
    passedOn,
    frame,
    frameAsHttp: frame && readAsHttp('request', streamBytes(attack.client, frame.range)),
    answer,
    victim,
    outcome: outcomeOf(victim, answer),
  };
}

const isAttack = ({ path, request }: Connection): boolean =>
  path === null && request !== undefined && /^\/labs\/[^/]+\/attacker$/.test(request.target);

function outcomeOf(victim: Connection | undefined, answer: Uint8Array): PoisoningOutcome {
  if (!victim?.response) return 'waiting';
  const length = Number(fieldValues(victim.response, 'Content-Length')[0]);
  if (victim.responseBody.length < length) return 'waiting';
  const evil = readAsHttp('response', answer).first;
  const isEvil =
    evil !== undefined && equal(answer.subarray(evil.end, evil.end + length), victim.responseBody);
  return isEvil ? 'poisoned' : 'spared';
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
