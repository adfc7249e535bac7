import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ChatAsFound } from '../../lessons/samples/chat-as-found.jsx';
import { ChatWithHook, linesOf } from '../../lessons/samples/chat-with-hook.jsx';

const props = { address: 'ws://127.0.0.1/chat', userId: 'ada', Socket: WebSocket };

// Effects run in a browser only: test/e2e/hook.spec.ts counts the sockets that both make there.
it('chat-as-found.jsx draws an empty list and a field', () => {
  expect(renderToStaticMarkup(createElement(ChatAsFound, props))).toContain('<ul></ul><input');
});

it('chat-with-hook.jsx says how it stands before there is a socket', () => {
  expect(renderToStaticMarkup(createElement(ChatWithHook, props))).toContain('ada: connecting');
});

it('chat-with-hook.jsx shows each stored message once, in order, and no other event', () => {
  const say = (id: number, event: unknown) => ({ id, data: JSON.stringify(event) });
  const [one, two] = [1, 2].map((id) => ({ id, at: 0, name: 'ada', text: `text ${String(id)}` }));
  expect(
    linesOf([
      say(1, { type: 'history', you: 'ada', members: [], messages: [one], missed: 0 }),
      say(2, { type: 'join', name: 'bob' }),
      say(3, { type: 'message', ...two }),
      say(4, { type: 'history', you: 'ada', members: [], messages: [one, two], missed: 0 }),
      { id: 5, data: 'no JSON' },
      { id: 6, data: new Blob(['binary']) },
      say(7, null),
    ]),
  ).toEqual([one, two]);
});
