import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  failed,
  heard,
  newPane,
  noted,
  saying,
  sinceOf,
  type PaneState,
} from '../../../src/widgets/chat-bench/pane-state.ts';

const message = (id: number, name = 'Alice', clientId?: string) => ({
  type: 'message' as const,
  id,
  at: 0,
  name,
  text: `text ${String(id)}`,
  ...(clientId === undefined ? {} : { clientId }),
});
const shown = ({ lines }: PaneState) =>
  lines.map((line) =>
    line.kind === 'message' ? line.message.id : line.kind === 'pending' ? line.clientId : line.text,
  );
const bob = newPane('Bob');

describe('what a pane shows', () => {
  it('keeps what was said at the end until it has come back with its number', () => {
    const said = saying(bob, { clientId: 'b-1', text: 'Hello!' });
    const acked = heard(said, { type: 'ack', clientId: 'b-1', id: 2 });
    expect(acked.lines).toEqual([{ kind: 'pending', clientId: 'b-1', text: 'Hello!', id: 2 }]);
    const other = heard(acked, message(1));
    expect(shown(other)).toEqual([1, 'b-1']);
    expect(shown(heard(other, message(2, 'Bob', 'b-1')))).toEqual([1, 2]);
  });

  it('takes nobody else’s message for its own, whatever its clientId', () => {
    const said = saying(bob, { clientId: 'x', text: 'mine' });
    expect(shown(heard(said, message(1, 'Eve', 'x')))).toEqual([1, 'x']);
  });

  it('says of what is not acknowledged why it may be lost, and lets it be sent again', () => {
    let state = saying(saying(bob, { clientId: 'a', text: 'a' }), { clientId: 'b', text: 'b' });
    state = failed(heard(state, { type: 'ack', clientId: 'a', id: 1 }), 'gone');
    expect(state.lines.map((line) => line.kind === 'pending' && line.failed)).toEqual([undefined, 'gone']);
    expect(shown(saying(state, { clientId: 'b', text: 'b' }))).toEqual(['a', 'b']);
    expect(
      heard(state, { type: 'error', code: 'too-fast', message: 'slow', clientId: 'b' }).lines[1],
    ).toMatchObject({ failed: 'slow' });
  });

  it('tells who is here, comes, types and goes', () => {
    let state = heard(bob, {
      type: 'history',
      you: 'Bob',
      members: ['Alice', 'Bob'],
      messages: [],
      missed: 0,
    });
    expect([state.status, state.members]).toEqual(['in', ['Alice']]);
    state = heard(heard(state, { type: 'join', name: 'Carol' }), { type: 'typing', name: 'Carol' });
    expect([state.members, state.typing]).toEqual([['Alice', 'Carol'], ['Carol']]);
    expect(heard(state, message(1, 'Carol')).typing).toEqual([]);
    expect(heard(state, { type: 'leave', name: 'Carol' })).toMatchObject({ members: ['Alice'], typing: [] });
  });

  it('shows what was missed while it was away, and how much is gone', () => {
    const away = heard(bob, message(1));
    const back = heard(away, {
      type: 'history',
      you: 'Bob',
      members: ['Bob'],
      messages: [message(4)],
      missed: 2,
    });
    expect(shown(back)).toEqual([
      1,
      'You are alone here. Said while you were away: 1 message, and 2 that are no longer held.',
      4,
    ]);
    expect(back.lastId).toBe(4);
  });

  it('knows by the numbers what has not come, and asks for it when it comes back', () => {
    const history = { type: 'history' as const, you: 'Bob', members: ['Bob'], missed: 0 };
    let state = heard(bob, { ...history, messages: [message(4), message(5)] });
    expect([state.missing, sinceOf(state)]).toEqual([[], 5]);
    state = heard(state, message(8));
    expect([state.missing, sinceOf(state)]).toEqual([[6, 7], 5]);
    state = heard(state, message(7));
    expect([shown(state).slice(1), state.missing]).toEqual([[4, 5, 7, 8], [6]]);
    state = heard(state, { ...history, messages: [message(6), message(7), message(8)] });
    expect([state.missing, sinceOf(state)]).toEqual([[], 8]);
    const lost = heard(heard(state, message(12)), {
      ...history,
      messages: [message(11), message(12)],
      missed: 2,
    });
    expect(lost.missing).toEqual([]);
  });

  it('counts what is noted several times in a row', () => {
    const state = [1, 2, 3].reduce((before) => noted(before, 'too fast', true), bob);
    expect(state.lines).toEqual([{ kind: 'note', key: 1, text: 'too fast', isError: true, times: 3 }]);
  });

  it('holds no more than 200 lines', () => {
    let state = bob;
    for (let count = 0; count < 250; count++) state = noted(state, String(count));
    expect(shown(state)[0]).toBe('50');
    expect(state.lines).toHaveLength(200);
  });

  it('whatever comes doubled or out of order: each message once, in the order of the numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (ids) => {
        const state = ids.reduce((before, id) => heard(before, message(id)), bob);
        expect(shown(state)).toEqual([...new Set(ids)].sort((one, other) => one - other));
        expect(state.lastId).toBe(Math.max(0, ...ids));
      }),
    );
  });
});
