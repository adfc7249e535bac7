import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chatBounds,
  chatNameKey,
  parseChatEvent,
  parseChatName,
  parseChatPoll,
  parseChatRequest,
  parseStoredMessage,
  type ChatEvent,
} from '../../src/contract/chat.ts';
import { utf8Length } from '../../src/protocol/utf8.ts';

const stored = { id: 7, at: 1_795_444_800_123.25, name: 'Bob', text: 'Hello!', clientId: 'b-1' };

describe('parseChatName', () => {
  it('takes 1 to 32 bytes of UTF-8, without the space around them', () => {
    expect(parseChatName('  Zoë ')).toEqual({ ok: true, value: 'Zoë' });
    expect(parseChatName('é'.repeat(16)).ok).toBe(true);
    expect(parseChatName('é'.repeat(16) + 'e')).toMatchObject({ field: 'name' });
    for (const value of ['', '   ', undefined, 3, null]) {
      expect(parseChatName(value)).toMatchObject({ ok: false, field: 'name' });
    }
  });

  it('takes nothing that nobody sees or that turns the line around', () => {
    for (const value of ['a\nb', 'a\u202eb', 'a\u200bb', 'a\u0000', 'a\ud800']) {
      expect(parseChatName(value)).toMatchObject({ ok: false, field: 'name' });
    }
  });

  it('knows two names for one whatever their case and form', () => {
    expect(chatNameKey('ALICE')).toBe(chatNameKey('alice'));
    expect(chatNameKey('Ａlice')).toBe(chatNameKey('Alice'));
    expect(chatNameKey('Alice')).not.toBe(chatNameKey('Alica'));
  });
});

describe('parseChatRequest', () => {
  it('reads a message and a typing', () => {
    expect(parseChatRequest('{"type":"message","text":"Hello!","clientId":"b-1","more":1}')).toEqual({
      ok: true,
      value: { type: 'message', text: 'Hello!', clientId: 'b-1' },
    });
    expect(parseChatRequest('{"type":"typing"}')).toEqual({ ok: true, value: { type: 'typing' } });
  });

  it.each([
    ['message', 'Hello Server!', 'expected JSON, got "Hello Server!"'],
    ['message', '[]', 'expected a JSON object in braces, got []'],
    ['type', '{}', 'expected "message" or "typing", got nothing'],
    ['type', '{"type":"dance"}', 'expected "message" or "typing", got "dance"'],
    [
      'text',
      '{"type":"message","content":"Hello!","recipient_id":2}',
      'expected a text, got nothing; the message has "content", "recipient_id" instead',
    ],
    ['text', '{"type":"message","text":"  "}', 'expected something visible, got only white space'],
    [
      'text',
      '{"type":"message","text":"a\\u001b[2Jb"}',
      'expected no control characters other than line breaks and tabs',
    ],
    ['text', '{"type":"message","text":"\\ud800"}', 'expected whole characters, got half a surrogate pair'],
    ['clientId', '{"type":"message","text":"a","clientId":7}', 'expected a text of 1 to 64 bytes, got 7'],
  ])('names the field %s of %s', (field, text, message) => {
    expect(parseChatRequest(text)).toEqual({ ok: false, field, message });
  });

  it('takes a text of 2,000 bytes and none of 2,001', () => {
    const longest = 'x'.repeat(chatBounds.maxTextBytes);
    expect(parseChatRequest(JSON.stringify({ type: 'message', text: longest })).ok).toBe(true);
    expect(parseChatRequest(JSON.stringify({ type: 'message', text: `${longest}x` }))).toMatchObject({
      field: 'text',
      message: 'expected at most 2000 bytes of UTF-8, got 2001',
    });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const parsed = parseChatRequest(text);
        expect(parsed.ok || parsed.field.length > 0).toBe(true);
      }),
    );
  });
});

describe('parseChatEvent', () => {
  const events: ChatEvent[] = [
    { type: 'history', you: 'Bob', members: ['Alice', 'Bob'], messages: [stored], missed: 3 },
    { type: 'join', name: 'Alice' },
    { type: 'leave', name: 'Alice' },
    { type: 'typing', name: 'Alice' },
    { type: 'message', ...stored },
    { type: 'ack', clientId: 'b-1', id: 7 },
    { type: 'error', code: 'field-refused', field: 'text', message: 'text: no', clientId: 'b-1' },
    { type: 'error', code: 'too-fast', message: 'wait' },
  ];
  it.each(events)('reads what the chat writes: $type', (event) => {
    expect(parseChatEvent(JSON.stringify(event))).toEqual({ ok: true, value: event });
  });

  it.each([
    ['type', { type: 'dance' }],
    ['you', { type: 'history' }],
    ['members', { type: 'history', you: 'Bob', members: [1] }],
    ['messages[0].id', { type: 'history', you: 'Bob', members: [], messages: [{}] }],
    ['missed', { type: 'history', you: 'Bob', members: [], messages: [] }],
    ['name', { type: 'join' }],
    ['clientId', { type: 'ack' }],
    ['id', { type: 'ack', clientId: 'a', id: -1 }],
    ['code', { type: 'error', code: 'x' }],
    ['message', { type: 'error', code: 'too-fast' }],
    ['at', { ...stored, type: 'message', at: 'noon' }],
    ['name', { ...stored, type: 'message', name: '' }],
    ['text', { ...stored, type: 'message', text: 1 }],
  ])('names the field %s', (field, event) => {
    expect(parseChatEvent(JSON.stringify(event))).toMatchObject({ ok: false, field });
  });
});

describe('parseStoredMessage and parseChatPoll', () => {
  it('read what the chat answers over HTTP', () => {
    expect(parseStoredMessage(stored)).toEqual({ ok: true, value: stored });
    const poll = { messages: [stored], next: 7, missed: 0 };
    expect(parseChatPoll(poll)).toEqual({ ok: true, value: poll });
  });

  it.each([
    ['body', 7],
    ['messages', {}],
    ['next', { messages: [] }],
    ['missed', { messages: [], next: 0 }],
  ])('name the field %s', (field, body) => {
    expect(parseChatPoll(body)).toMatchObject({ ok: false, field });
  });
});

it('any message that a client may send, the chat may store and a client read', () => {
  const visible = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .filter((text) => !/(?![\n\r\t])\p{Cc}/u.test(text))
    .filter((text) => text.trim() !== '' && utf8Length(text) <= chatBounds.maxTextBytes);
  fc.assert(
    fc.property(visible, (text) => {
      const request = parseChatRequest(JSON.stringify({ type: 'message', text }));
      expect(request).toEqual({ ok: true, value: { type: 'message', text } });
      const event = { type: 'message', id: 1, at: 0, name: 'a', text };
      expect(parseChatEvent(JSON.stringify(event))).toEqual({ ok: true, value: event });
    }),
  );
});
