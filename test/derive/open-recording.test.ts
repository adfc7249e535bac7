import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireEventToJson, wireLogHeader } from '../../src/contract/wire-event.ts';
import { openRecording } from '../../src/derive/open-recording.ts';
import { hex, WrittenLog } from './written-log.ts';

const { events } = new WrittenLog().upgraded(1).bytes(1, 'server', hex('81 02 6869')).end(1, 'server');
const saved = [wireLogHeader(0), ...events.map((event) => wireEventToJson(event))]
  .map((line) => JSON.stringify(line))
  .join('\n');

describe('openRecording', () => {
  it('opens what was saved', () => {
    const opened = openRecording('lab.jsonl', saved);
    expect(opened.ok && opened.log.connections[0]?.frames).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['something else', '<html>', 'line 1: expected one JSON object per line'],
    ['a file that was cut off', saved.slice(0, -20), 'line 6: expected one JSON object per line'],
    ['another version', saved.replace('"version":1', '"version":7'), 'expected version 1'],
    ['a wrong field', saved.replace('"type":"end"', '"type":"finis"'), 'line 6, type'],
    ['a log without a connection', JSON.stringify(wireLogHeader(0)), 'holds no connection'],
  ])('says in a sentence what is wrong with %s', (_, text, words) => {
    const opened = openRecording('lab.jsonl', text);
    expect(opened.ok ? '' : opened.message).toContain(words);
    expect(opened.ok ? '' : opened.message).toMatch(/^lab\.jsonl .+\.$/s);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(saved.length), fc.nat(saved.length), (noise, from, to) => {
        expect(openRecording('x', saved.slice(0, from) + noise + saved.slice(to))).toHaveProperty('ok');
      }),
    );
  });
});
