import { expect, it } from 'vitest';
import { twoKinds } from '../../../lessons/challenges/two-kinds.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { WrittenLog } from '../../derive/written-log.ts';
import { clientFrame } from '../../support/frames.ts';

const judge = (log: WrittenLog) => twoKinds.judge(readLog(log.events).connections);
const three = clientFrame(2, Uint8Array.of(1, 2, 3));
const envelope = clientFrame(1, '{"type":"chat"}');

it('is not passed by an empty lab, and says of a message how long it is', () => {
  expect(judge(new WrittenLog())).toMatchObject({ passed: false, seen: [] });
  const log = new WrittenLog().upgraded(1).bytes(1, 'client', clientFrame(2, Uint8Array.of(1)));
  expect(judge(log).missing).toContain('The last binary message has 1 bytes, not 3.');
});

it('is passed by both on one connection, and not on two', () => {
  const apart = new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', three)
    .upgraded(2)
    .bytes(2, 'client', envelope);
  expect(judge(apart)).toMatchObject({ passed: false });
  const together = new WrittenLog().upgraded(1).bytes(1, 'client', three).bytes(1, 'client', envelope);
  expect(judge(together)).toMatchObject({ passed: true, missing: [] });
});

it('takes three letters for no binary message', () => {
  const log = new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', clientFrame(1, 'abc'))
    .bytes(1, 'client', envelope);
  expect(judge(log).missing).toEqual(['No binary message yet.']);
});
