import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatHistory } from '../../../sandbox-server/chat/chat-history.ts';
import { ChatRoom, type RoomMember } from '../../../sandbox-server/chat/chat-room.ts';
import type { ChatEvent } from '../../../src/contract/chat.ts';

const member = (name: string): RoomMember & { heard: ChatEvent[] } => {
  const heard: ChatEvent[] = [];
  return { name, heard, tell: (event) => heard.push(event) };
};

const acknowledged =
  (to: RoomMember) =>
  ({ id, clientId = '' }: { id: number; clientId?: string }) => {
    to.tell({ type: 'ack', clientId, id });
  };

describe('ChatHistory', () => {
  it('holds the last messages, and says how many it holds no longer', () => {
    const history = new ChatHistory(2);
    for (const text of ['a', 'b', 'c']) history.store('Bob', { text }, 0);
    expect(history.after(0)).toMatchObject({ messages: [{ id: 2 }, { id: 3 }], missed: 1 });
    expect(history.after(2)).toMatchObject({ messages: [{ id: 3 }], missed: 0 });
    expect(history.after(3)).toEqual({ messages: [], missed: 0 });
  });

  it('stores a message that is sent again once, by the sender’s id and name', () => {
    const history = new ChatHistory(9);
    const first = history.store('Bob', { text: 'hi', clientId: 'x' }, 0);
    expect(history.store('Bob', { text: 'hi', clientId: 'x' }, 1)).toEqual({ ...first, isNew: false });
    expect(history.store('Eve', { text: 'hi', clientId: 'x' }, 1).isNew).toBe(true);
    expect(history.lastId).toBe(2);
  });

  it('whatever is stored and asked: held and missed together are what came after', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 10 }), fc.nat(30), (count, bound, asked) => {
        const history = new ChatHistory(bound);
        for (let index = 0; index < count; index++) history.store('Bob', { text: 'x' }, index);
        const since = Math.min(asked, count);
        const { messages, missed } = history.after(since);
        expect(messages.length + missed).toBe(count - since);
        expect(messages.length).toBeLessThanOrEqual(bound);
        expect(messages.map(({ id }) => id)).toEqual(
          messages.map((_, at) => count - messages.length + at + 1),
        );
      }),
    );
  });
});

describe('ChatRoom', () => {
  it('acknowledges before it tells, and tells all in one order, the sender too', () => {
    const room = new ChatRoom(9, () => 5);
    const [alice, bob] = [member('Alice'), member('Bob')];
    room.join(alice, 0);
    room.join(bob, 0);
    room.say('Bob', { text: 'hi', clientId: 'x' }, acknowledged(bob));
    room.say('Alice', { text: 'ho' }, () => undefined);
    const messages = [
      { type: 'message', id: 1, at: 5, name: 'Bob', text: 'hi', clientId: 'x' },
      { type: 'message', id: 2, at: 5, name: 'Alice', text: 'ho' },
    ];
    expect(alice.heard.slice(1)).toEqual([{ type: 'join', name: 'Bob' }, ...messages]);
    expect(bob.heard.slice(1)).toEqual([{ type: 'ack', clientId: 'x', id: 1 }, ...messages]);
  });

  it('acknowledges a message that was sent again, and tells nobody', () => {
    const room = new ChatRoom(9, () => 5);
    const [alice, bob] = [member('Alice'), member('Bob')];
    room.join(alice, 0);
    room.join(bob, 0);
    for (let times = 0; times < 2; times++) room.say('Bob', { text: 'hi', clientId: 'x' }, acknowledged(bob));
    expect(bob.heard.filter(({ type }) => type === 'ack')).toHaveLength(2);
    expect(alice.heard.filter(({ type }) => type === 'message')).toHaveLength(1);
  });

  it('lets a member go once, and not one who has only the name of one', () => {
    const room = new ChatRoom(9, () => 5);
    const [alice, bob] = [member('Alice'), member('Bob')];
    room.join(alice, 0);
    room.join(bob, 0);
    room.leave(member('Bob'));
    expect(room.isTaken('BOB')).toBe(true);
    room.leave(bob);
    room.leave(bob);
    expect(room.names).toEqual(['Alice']);
    expect(alice.heard.filter(({ type }) => type === 'leave')).toEqual([{ type: 'leave', name: 'Bob' }]);
  });
});
