import { describe, expect, it } from 'vitest';
import { ways } from '../../lessons/samples/attack-frame.js';
import { readLog } from '../../src/derive/log-reader.ts';
import { lastPoisoningRun } from '../../src/derive/poisoning-run.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const path = '/labs/x/attacker';
const handshake = wire(
  new TextDecoder().decode(sampleRequest).replaceAll('\r\n', '\n').replace('/labs/x/echo', path),
);
const response = (body: string) => wire(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n${body}`);
const victims = wire('GET /library.js HTTP/1.1\nHost: cdn.example\n\n');

/** The attack on both sides of the proxy, and its answer. */
const attacked = (frame: Uint8Array): WrittenLog => {
  const log = new WrittenLog();
  for (const [conn, opened] of [[1, null] as const, [2, path] as const]) {
    log.open(conn, opened).bytes(conn, 'client', handshake).bytes(conn, 'server', sampleResponse);
    log.bytes(conn, 'client', frame).bytes(conn, 'server', response('evil'));
  }
  return log;
};
const run = (log: WrittenLog) => lastPoisoningRun(readLog(log.events).connections);

describe('lastPoisoningRun', () => {
  it('is not there before an attack, nor for a handshake with the attacker that was not by hand', () => {
    expect(lastPoisoningRun([])).toBeUndefined();
    expect(run(new WrittenLog().open(1, path).bytes(1, 'client', handshake))).toBeUndefined();
  });

  it.each([
    ['off', true],
    ['known', true],
    ['fresh', false],
  ] as const)('reads the frame of an attack with masking %s as the proxy does', (way, isRequest) => {
    const found = run(attacked(ways[way]()));
    expect(found?.frame?.frame.masked).toBe(way !== 'off');
    expect(found?.frameAsHttp?.first?.head.target).toBe(isRequest ? '/library.js' : undefined);
    expect(found?.passedOn?.conn).toBe(2);
    expect(found?.answer).toEqual(response('evil'));
    expect(found?.outcome).toBe('waiting');
  });

  it('is poisoned where the victim got the attacker’s body, and spared where it got another', () => {
    const victim = (body: string) =>
      attacked(ways.off()).open(3, null).bytes(3, 'client', victims).bytes(3, 'server', response(body));
    expect(run(victim('evil'))?.outcome).toBe('poisoned');
    expect(run(victim('good'))?.outcome).toBe('spared');
    expect(run(victim('evil'))?.victim?.conn).toBe(3);
  });

  it('waits until the victim’s answer is whole', () => {
    const log = attacked(ways.off()).open(3, null).bytes(3, 'client', victims);
    expect(run(log)?.outcome).toBe('waiting');
    log.bytes(3, 'server', response('evil').subarray(0, -1));
    expect(run(log)?.outcome).toBe('waiting');
  });

  it('takes the newest of several', () => {
    const log = attacked(ways.off()).open(3, null).bytes(3, 'client', handshake);
    expect(run(log)).toMatchObject({ attack: { conn: 3 }, frame: undefined, victim: undefined });
  });
});
