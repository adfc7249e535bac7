import { describe, expect, it } from 'vitest';
import {
  defaultFeedSettings,
  feedRanges,
  feedTransports,
  parseFeedMessage,
  parseFeedSettings,
  parseFeedState,
  parseFeedText,
  parsePollAnswer,
} from '../../src/contract/feed.ts';

const message = { id: 3, bornAt: 1_795_444_800_123.25, payload: 'abc' };

describe('parseFeedSettings', () => {
  it('takes any of the settings, and the defaults for the others', () => {
    expect(parseFeedSettings({})).toEqual({ ok: true, value: defaultFeedSettings });
    expect(parseFeedSettings({ messagesPerSecond: 0.05, seed: 7 })).toEqual({
      ok: true,
      value: { ...defaultFeedSettings, messagesPerSecond: 0.05, seed: 7 },
    });
  });

  it.each(Object.entries(feedRanges))(
    'takes both ends of the range of %s, and nothing beyond',
    (name, range) => {
      for (const value of [range.min, range.max]) expect(parseFeedSettings({ [name]: value }).ok).toBe(true);
      const beyond = [
        range.min - 0.001,
        range.max + 1,
        Number.NaN,
        Infinity,
        '1',
        null,
        ...(range.isWhole ? [1.5] : []),
      ];
      for (const value of beyond)
        expect(parseFeedSettings({ [name]: value })).toMatchObject({ ok: false, field: name });
    },
  );

  it('says what was expected, and what came', () => {
    expect(parseFeedSettings({ payloadBytes: 1e9 })).toMatchObject({
      message: 'expected a whole number from 0 to 16384, got 1000000000',
    });
    expect(parseFeedSettings({ rate: 1 })).toMatchObject({ field: 'rate' });
    for (const body of [undefined, null, [], 'fast', 3]) {
      expect(parseFeedSettings(body)).toMatchObject({ ok: false, field: 'body' });
    }
  });
});

describe('parseFeedMessage', () => {
  it('reads a message, and what is JSON of one', () => {
    expect(parseFeedMessage({ ...message, later: true })).toEqual({ ok: true, value: message });
    expect(parseFeedText(JSON.stringify(message))).toEqual({ ok: true, value: message });
  });

  it.each([
    ['id', { ...message, id: 0 }],
    ['id', { ...message, id: 1.5 }],
    ['bornAt', { ...message, bornAt: 'now' }],
    ['payload', { ...message, payload: 7 }],
    ['message', 'abc'],
  ])('names %s where it is wrong', (field, json) => {
    expect(parseFeedMessage(json)).toMatchObject({ ok: false, field });
  });

  it('refuses a text that is no JSON', () => {
    expect(parseFeedText('{"id":')).toMatchObject({ ok: false, field: 'message' });
  });
});

describe('parsePollAnswer', () => {
  it('reads messages, the next since, and how many were missed', () => {
    expect(parsePollAnswer({ messages: [], next: 0 })).toEqual({
      ok: true,
      value: { messages: [], next: 0 },
    });
    const answer = { messages: [message], next: 3, missed: 2 };
    expect(parsePollAnswer(answer)).toEqual({ ok: true, value: answer });
  });

  it.each([
    ['messages', { next: 1 }],
    ['messages[1].payload', { messages: [message, { ...message, payload: null }], next: 1 }],
    ['next', { messages: [], next: -1 }],
    ['missed', { messages: [], next: 1, missed: 'many' }],
    ['body', []],
  ])('names %s where it is wrong', (field, json) => {
    expect(parsePollAnswer(json)).toMatchObject({ ok: false, field });
  });
});

describe('parseFeedState', () => {
  const work = { requests: 2, messages: 5, missed: 0, workMs: 0.4, open: 1 };
  const state = {
    settings: defaultFeedSettings,
    phase: 'running',
    run: 1,
    startedAt: 1_795_444_800_000,
    lastId: 5,
    oldestId: 1,
    now: 1_795_444_805_000.5,
    labStartedAt: 1_795_444_790_000,
    transports: Object.fromEntries(feedTransports.map((transport) => [transport, work])),
  };

  it('reads the state of a feed, also of one that has not begun', () => {
    expect(parseFeedState(state)).toEqual({ ok: true, value: state });
    expect(parseFeedState({ ...state, phase: 'not begun', startedAt: null }).ok).toBe(true);
  });

  it.each([
    ['settings.seed', { ...state, settings: { seed: -1 } }],
    ['phase', { ...state, phase: 'asleep' }],
    ['startedAt', { ...state, startedAt: undefined }],
    ['now', { ...state, now: undefined }],
    ['labStartedAt', { ...state, labStartedAt: 'then' }],
    ['run', { ...state, run: null }],
    ['lastId', { ...state, lastId: 0.5 }],
    ['oldestId', { ...state, oldestId: -2 }],
    ['transports', { ...state, transports: [] }],
    ['transports.events', { ...state, transports: { ...state.transports, events: undefined } }],
    ['transports.poll', { ...state, transports: { ...state.transports, poll: { ...work, open: 'yes' } } }],
    ['body', null],
  ])('names %s where it is wrong', (field, json) => {
    expect(parseFeedState(json)).toMatchObject({ ok: false, field });
  });
});
