import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAsker } from '../../lessons/samples/ask-by-message.js';
import { listen } from '../../lessons/samples/notify-on-error.js';
import { readMessage } from '../../lessons/samples/read-message.js';

describe('notify-on-error.js', () => {
  interface Handlers {
    onerror: (event: unknown) => void;
    onclose: (event: unknown) => void;
    onmessage: (event: { data: unknown }) => void;
  }
  const listened = (): Handlers => {
    const socket = {};
    listen(socket);
    return socket as Handlers;
  };

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('calls functions that it does not have', () => {
    const { onerror, onclose, onmessage } = listened();
    expect(() => {
      onerror({});
    }).toThrow(/logError is not defined/);
    expect(() => {
      onclose({});
    }).toThrow(/showNotification is not defined/);
    expect(() => {
      onmessage({ data: '{}' });
    }).toThrow(/showMessage is not defined/);
  });

  it('with them, shows two notices for one failure, and falls over a message that is no JSON', () => {
    const notices: string[] = [];
    vi.stubGlobal('logError', () => undefined);
    vi.stubGlobal('showMessage', () => undefined);
    vi.stubGlobal('showNotification', (text: string) => notices.push(text));
    const { onerror, onclose, onmessage } = listened();
    onerror({});
    onclose({ code: 1006 });
    expect(notices).toHaveLength(2);
    expect(() => {
      onmessage({ data: '{"price":1' });
    }).toThrow(SyntaxError);
    expect(() => {
      onmessage({ data: new Blob(['x']) });
    }).toThrow(SyntaxError);
  });
});

describe('read-message.js', () => {
  it.each([
    ['{"type":"chat","text":"hello"}', { message: { type: 'chat', text: 'hello' } }],
    ['{"type":"chat"', { problem: 'no JSON' }],
    ['null', { problem: 'no type' }],
    ['[1]', { problem: 'no type' }],
    ['{"type":1}', { problem: 'no type' }],
    [new Blob(['{}']), { problem: 'binary, where text was expected' }],
  ])('reads %s', (data, read) => {
    expect(readMessage(data)).toEqual(read);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (data) => {
        expect(['message', 'problem']).toContain(Object.keys(readMessage(data))[0]);
      }),
    );
  });
});

describe('ask-by-message.js', () => {
  const asker = () => {
    const sent: { id: number; type: string }[] = [];
    return { sent, ...createAsker((message: { id: number; type: string }) => sent.push(message)) };
  };

  it('matches answers and errors by their id, in whatever order they come', async () => {
    const { ask, hear, sent } = asker();
    const price = ask({ type: 'price' });
    const order = ask({ type: 'order' });
    expect(sent.map(({ id }) => id)).toEqual([1, 2]);
    expect(hear({ type: 'error', inReplyTo: 2, code: 'sold-out' })).toBe(true);
    expect(hear({ type: 'answer', inReplyTo: 1, value: 12 })).toBe(true);
    expect(await price).toBe(12);
    await expect(order).rejects.toMatchObject({ code: 'sold-out' });
  });

  it('leaves alone what is none of its own', () => {
    const { hear } = asker();
    expect(hear({ type: 'chat' })).toBe(false);
    expect(hear({ type: 'answer', inReplyTo: 7 })).toBe(false);
  });

  it('gives up in time, and says that nobody knows when the connection goes', async () => {
    const { ask, lose } = asker();
    await expect(ask({ type: 'price' }, 1)).rejects.toThrow('no answer in time');
    const order = ask({ type: 'order' });
    lose();
    await expect(order).rejects.toThrow('outcome unknown');
  });
});
