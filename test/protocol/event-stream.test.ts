import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStreamReader } from '../../src/protocol/event-stream.ts';
import { encodeUtf8 } from '../../src/protocol/utf8.ts';

/** Reads a stream in pieces of so many bytes. */
function read(text: string, pieceBytes = text.length * 4 + 1, lastEventId = ''): EventStreamReader {
  const reader = new EventStreamReader(lastEventId);
  const bytes = encodeUtf8(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return reader;
}

const eventsOf = (text: string): string[][] =>
  read(text).events.map(({ type, data, lastEventId }) => [type, data, lastEventId]);

describe('EventStreamReader', () => {
  it.each<[what: string, stream: string, events: string[][]]>([
    ['one line of data', 'data: hello\n\n', [['message', 'hello', '']]],
    ['several, joined by LF', 'data: one\ndata: two\n\n', [['message', 'one\ntwo', '']]],
    [
      'an id, which stays',
      'id: 7\ndata: a\n\ndata: b\n\n',
      [
        ['message', 'a', '7'],
        ['message', 'b', '7'],
      ],
    ],
    [
      'an id that is taken back',
      'id: 7\ndata: a\n\nid\ndata: b\n\n',
      [
        ['message', 'a', '7'],
        ['message', 'b', ''],
      ],
    ],
    [
      'a type of its own, once',
      'event: missed\ndata: 3\n\ndata: b\n\n',
      [
        ['missed', '3', ''],
        ['message', 'b', ''],
      ],
    ],
    [
      'one space only is taken away',
      'data:  x\n\ndata:y\n\n',
      [
        ['message', ' x', ''],
        ['message', 'y', ''],
      ],
    ],
    ['comments and what nobody knows', ': hi\ncolour: red\ndata: x\n\n', [['message', 'x', '']]],
    [
      'CR, CR LF and LF',
      'data: a\r\rdata: b\r\n\r\ndata: c\n\n',
      [
        ['message', 'a', ''],
        ['message', 'b', ''],
        ['message', 'c', ''],
      ],
    ],
    ['a byte order mark at the beginning', '\uFEFFdata: a\n\n', [['message', 'a', '']]],
    ['a block that has not ended', 'data: a\n', []],
    ['a block without data', 'id: 3\n\nevent: x\n\n', []],
    ['a block whose data is empty', 'data\n\n', [['message', '', '']]],
    ['two empty lines of data', 'data\ndata\n\n', [['message', '\n', '']]],
    ['an id with a NUL', 'id: a\0b\ndata: x\n\n', [['message', 'x', '']]],
  ])('reads %s', (_, stream, events) => {
    expect(eventsOf(stream)).toEqual(events);
  });

  it('names the id of a block without data for the next reconnect, but only once the block has ended', () => {
    expect(read('id: 3\n').lastEventId).toBe('');
    expect(read('id: 3\n\n').lastEventId).toBe('3');
    expect(read('data: x\n\n', 1, '9').events[0]?.lastEventId).toBe('9');
  });

  it('takes a reconnection time of digits only', () => {
    expect(read('retry: 1000\n\n').retryMs).toBe(1000);
    expect(read('retry: soon\nretry: -1\nretry: 1.5\n\n').retryMs).toBeUndefined();
  });

  it('says of every byte which line it belongs to, and of an event which bytes are its own', () => {
    const text = 'id: 1\r\ndata: é\r\n\r\n: pause\ndata: b\n\n';
    const { lines, events } = read(text, 1);
    const bytes = encodeUtf8(text);
    expect(lines[0]?.range.start).toBe(0);
    for (const [index, { range }] of lines.entries()) {
      expect(range.start).toBe(lines[index - 1]?.range.end ?? 0);
    }
    expect(lines.at(-1)?.range.end).toBe(bytes.length);
    const [first, second] = events;
    expect(new TextDecoder().decode(bytes.subarray(first?.range.start, first?.range.end))).toBe(
      'id: 1\r\ndata: é\r\n\r\n',
    );
    expect(new TextDecoder().decode(bytes.subarray(second?.range.start, second?.range.end))).toBe(
      ': pause\ndata: b\n\n',
    );
  });

  it('reads the same from any pieces', () => {
    const part = fc.constantFrom(
      'data: ',
      'id: ',
      'event: ',
      ':',
      '\n',
      '\r',
      '\r\n',
      'x',
      'é',
      '\uFEFF',
      'retry: 5',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (parts, pieceBytes) => {
        const whole = read(parts.join(''));
        const pieces = read(parts.join(''), pieceBytes);
        expect(pieces.lines).toEqual(whole.lines);
        expect(pieces.events).toEqual(whole.events);
        expect(pieces.lastEventId).toBe(whole.lastEventId);
        expect(pieces.pendingBytes).toBe(whole.pendingBytes);
      }),
    );
  });

  it('takes any bytes, and leaves none of them without a line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const reader = new EventStreamReader();
        reader.push(bytes);
        expect((reader.lines.at(-1)?.range.end ?? 0) + reader.pendingBytes).toBe(bytes.length);
      }),
    );
  });
});
