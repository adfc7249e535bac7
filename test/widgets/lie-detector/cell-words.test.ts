import { describe, expect, it } from 'vitest';
import { cellWords } from '../../../src/widgets/lie-detector/cell-words.ts';
import { illnesses, type IllnessId } from '../../../src/widgets/lie-detector/illnesses.ts';
import type { Cell } from '../../../src/widgets/lie-detector/run-illness.ts';
import type { Layer } from '../../../src/derive/liveness.ts';

const quiet: Cell = {
  noticedBy: undefined,
  afterMs: undefined,
  asked: 4,
  answered: 4,
  longestGapMs: 1005,
  bytesPerBeat: 8,
  bytesPerMinute: 480,
};
function words(id: IllnessId, cell: Partial<Cell>, layer: Layer = 'server ping') {
  const illness = illnesses.find((one) => one.id === id);
  if (!illness) throw new Error('one of the four');
  return cellWords(layer, illness, { ...quiet, ...cell }, 1000);
}

describe('cellWords', () => {
  it('has a heartbeat lie that goes on being answered while a page hangs', () => {
    expect(words('hang', {})).toEqual({
      isTrue: false,
      verdict: 'Noticed nothing',
      evidence: '4 of 4 questions answered.',
    });
  });

  it('names who noticed, and when', () => {
    expect(words('black-hole', { noticedBy: 'server', afterMs: 1510, asked: 1, answered: 0 })).toMatchObject({
      isTrue: true,
      verdict: 'Server, after 1.51 s',
    });
    expect(words('half-dead', { noticedBy: 'client', afterMs: 900 }).verdict).toBe('Page, after 900.0 ms');
  });

  it('takes an alarm over a hidden tab for a false one, and none for the truth', () => {
    expect(words('hidden', {})).toMatchObject({ isTrue: true, verdict: 'No alarm' });
    expect(words('hidden', { noticedBy: 'server', afterMs: 5000 })).toMatchObject({
      isTrue: false,
      verdict: 'False alarm: Server, after 5.00 s',
    });
  });

  it('says how long nothing was asked, where that was far longer than it should be', () => {
    expect(words('hidden', { longestGapMs: 2000 }).evidence).toContain('none was asked for 2.00 s');
    expect(words('hang', { asked: 0, answered: 0, longestGapMs: 3990 }).evidence).toBe(
      'It asked nothing for 3.99 s.',
    );
    expect(words('half-dead', { asked: 0, answered: 0 }).evidence).toBe('No question got onto the wire.');
  });

  it('shows none of TCP’s probes for evidence', () => {
    expect(words('black-hole', { asked: 0 }, 'tcp').evidence).toBe('Its probes are not in the wire log.');
  });
});
