import { expect, it } from 'vitest';
import {
  $deliveries,
  forgetDeliveries,
  noteSeen,
  noteSent,
  noteStored,
  waitForPoll,
} from '../../../src/widgets/chat-bench/deliveries.ts';

const sent = { clientId: 'b-1', text: 'Hello!', sender: 'Bob', sentBy: 'socket' as const, sentAt: 100 };

it('takes the first time at which another has it, and tells what of it was waiting for a poll', () => {
  forgetDeliveries();
  noteSent(sent);
  noteStored('b-1', 110);
  noteSeen('b-1', { name: 'Bob', way: 'socket', at: 111, askedAt: undefined });
  expect($deliveries.get()[0]?.seen).toBeUndefined();
  noteSeen('b-1', { name: 'Alice', way: 'polling', at: 2120, askedAt: 2110 });
  noteSeen('b-1', { name: 'Alice', way: 'polling', at: 5000, askedAt: 4990 });
  const [delivery] = $deliveries.get();
  expect(delivery).toMatchObject({ storedAt: 110, seen: { at: 2120 } });
  expect(delivery && waitForPoll(delivery)).toBe(2000);
});

it('has no wait where the poll was under way already, or where there is no poll', () => {
  const seen = { name: 'Alice', way: 'polling' as const, at: 112, askedAt: 105 };
  expect(waitForPoll({ ...sent, storedAt: 110, seen })).toBe(0);
  expect(waitForPoll({ ...sent, storedAt: 110, seen: { ...seen, way: 'socket', askedAt: undefined } })).toBe(
    0,
  );
});

it('begins anew with a message that is sent again, and keeps the last thirty', () => {
  forgetDeliveries();
  for (let count = 0; count < 40; count++) noteSent({ ...sent, clientId: String(count % 35) });
  expect($deliveries.get()).toHaveLength(30);
  expect($deliveries.get()[0]?.clientId).toBe('4');
  forgetDeliveries();
  expect($deliveries.get()).toEqual([]);
});
