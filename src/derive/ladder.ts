import { Opcode } from '../protocol/opcode.ts';
import { alignClock, type ScriptEvent } from './align-clock.ts';
import { timesOf, type Connection, type PassageTimes } from './connection.ts';
import { fragmentPlaces } from './fragments.ts';
import { addExchanges, asksForWebSocket, type AddRung } from './http-rungs.ts';
import type { WireLogView } from './log-reader.ts';
import type { Happening, Phase, Rung } from './rung.ts';

/** What a page's script saw of a connection. */
export interface Eyewitness {
  connection: Connection;
  events: readonly ScriptEvent[];
}

/**
 * The rungs of the ladder: everything that happened on the given connections, in the order of time, and beside it what
 * happened to the whole lab and what the page's scripts saw.
 */
export function ladder(
  { conditionChanges, imposed, gaps }: Pick<WireLogView, 'conditionChanges' | 'imposed' | 'gaps'>,
  connections: readonly Connection[],
  eyewitnesses: readonly Eyewitness[],
): Rung[] {
  const rungs = connections.flatMap(rungsOfConnection);
  for (const eyewitness of eyewitnesses) rungs.push(...rungsOfScript(eyewitness));
  const beginning = Math.min(...connections.map(({ openedAt }) => openedAt));
  const ofLab = (what: Happening & { event: { seq: number; at: number } }): Rung => {
    const { seq, at } = what.event;
    const id = `lab.${String(seq)}`;
    return {
      id,
      connection: undefined,
      from: 'link',
      beganAt: at,
      at,
      due: at,
      isLost: false,
      byteCount: 0,
      phase: 'tcp',
      begins: false,
      what,
    };
  };
  for (const event of conditionChanges) {
    if (event.at >= beginning) rungs.push(ofLab({ kind: 'conditions', event }));
  }
  const shown = new Set(connections.map(({ conn }) => conn));
  for (const event of imposed) {
    if (event.conn === undefined ? event.at >= beginning : shown.has(event.conn)) {
      rungs.push(ofLab({ kind: 'imposed', event }));
    }
  }
  for (const event of gaps) rungs.push(ofLab({ kind: 'gap', event }));
  return rungs.sort((one, other) => one.at - other.at);
}

/** The rungs of one connection, in the order of time. */
export function rungsOfConnection(connection: Connection): Rung[] {
  const { conn, openedAt, frames, end, losses } = connection;
  const rungs: Rung[] = [];
  const fragments = fragmentPlaces(frames);
  const add = (
    name: string | number,
    from: Rung['from'],
    times: PassageTimes,
    byteCount: number,
    what: Happening,
  ): void => {
    rungs.push({
      id: `${String(conn)}.${String(name)}`,
      connection,
      from,
      ...times,
      byteCount,
      phase: 'tcp',
      begins: false,
      what,
    });
  };
  add('accepted', 'client', moment(openedAt), 0, { kind: 'accepted' });
  if (!addExchanges(connection, add)) addHandshake(connection, add);
  for (const timed of frames) {
    const { index, from, range, beganAt, at, due, isLost } = timed;
    const what: Happening = { kind: 'frame', frame: timed, fragment: fragments.get(index) };
    add(index, from, { beganAt, at, due, isLost }, range.end - range.start, what);
  }
  addUnfinished(connection, add);
  for (const [index, loss] of losses.entries()) {
    const times = { beganAt: loss.at, at: loss.at, due: undefined, isLost: true };
    add(`lost-${String(index + 1)}`, loss.from, times, loss.byteCount, { kind: 'lost', loss });
  }
  if (end) add('end', end.by, moment(end.at), 0, { kind: 'end' });
  return inPhases(rungs.sort((one, other) => one.at - other.at));
}

const moment = (at: number): PassageTimes => ({ beganAt: at, at, due: at, isLost: false });

function addHandshake(
  { request, response, client, server, handshake, responseBody }: Connection,
  add: AddRung,
): void {
  if (request) {
    const times = timesOf(client, { start: 0, end: request.bytes.length });
    if (times) add('request', 'client', times, request.bytes.length, { kind: 'request', head: request });
  }
  if (!response) return;
  const length = response.bytes.length;
  const times = timesOf(server, { start: 0, end: length });
  const from = server.chunks[0]?.byLink === true ? 'link' : 'server';
  if (times) add('response', from, times, length, { kind: 'response', head: response });
  if (handshake === 'open' && times?.due !== undefined) {
    add('open', 'server', moment(times.due), 0, { kind: 'open' });
  }
  if (responseBody.length > 0) {
    const content = { start: length, end: length + responseBody.length };
    const ofBody = timesOf(server, content);
    const what: Happening = { kind: 'body', of: 'server', content, isChunk: false };
    if (ofBody) add('body', from, ofBody, responseBody.length, what);
  }
}

function addUnfinished({ client, server, requestPending, pending }: Connection, add: AddRung): void {
  if (requestPending.length > 0) {
    const times = timesOf(client, { start: 0, end: requestPending.length });
    const what: Happening = { kind: 'unfinished', of: 'request', missingBytes: undefined };
    if (times) add('unfinished-request', 'client', times, requestPending.length, what);
  }
  for (const stream of [client, server]) {
    const frame = pending[stream.from];
    if (!frame) continue;
    const byteCount = frame.range.end - frame.range.start;
    const times = timesOf(stream, { start: stream.byteCount - byteCount, end: stream.byteCount });
    const what: Happening = { kind: 'unfinished', of: 'frame', missingBytes: frame.missingBytes };
    if (times) add(`unfinished-${stream.from}`, stream.from, times, byteCount, what);
  }
}

/** Says of each rung in which phase of its connection it stands. */
function inPhases(rungs: Rung[]): Rung[] {
  let phase: Phase = 'tcp';
  for (const [index, rung] of rungs.entries()) {
    const { what } = rung;
    if (what.kind === 'end') phase = 'closed';
    else if (what.kind === 'open') phase = 'open';
    else if (what.kind === 'frame' && what.frame.frame.opcode === Opcode.close) phase = 'closing';
    else if (what.kind === 'request') phase = asksForWebSocket(what.head) ? 'opening' : 'http';
    else if (phase === 'tcp' && what.kind !== 'accepted') phase = 'opening';
    rung.begins = what.kind === 'accepted' || phase !== rungs[index - 1]?.phase;
    rung.phase = phase;
  }
  return rungs;
}

const readyStates = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/** What a script saw, at the times of the wire. Nothing where its clock cannot be aligned with the wire's. */
function rungsOfScript({ connection, events }: Eyewitness): Rung[] {
  const alignment = alignClock(connection, events);
  if (!alignment) return [];
  return events.map((event, index) => ({
    id: `${String(connection.conn)}.script-${String(index + 1)}`,
    connection,
    from: 'script',
    ...moment(event.at + alignment.offset),
    byteCount: 0,
    phase: 'tcp',
    begins: false,
    what: { kind: 'script', event, readyState: readyStates[event.readyState] ?? String(event.readyState) },
  }));
}
