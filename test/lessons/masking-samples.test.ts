import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wanted, ways } from '../../lessons/samples/attack-frame.js';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';

const pathOf = (sample: string): string =>
  fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const programs: [string, string][] = [
  [process.execPath, 'mask-a-frame.mjs'],
  ...(hasPython ? [['python3', 'mask_a_frame.py'] as [string, string]] : []),
];
const run = (command: string, sample: string, ...args: string[]): string =>
  execFileSync(command, [pathOf(sample), ...args], { encoding: 'utf8' });

describe.each(programs)('%s %s', (command, sample) => {
  it('writes the RFC’s own masked “Hello” (§5.7)', () => {
    expect(run(command, sample, 'Hello', '37fa213d')).toBe(
      'on the wire: 818537fa213d7f9f4d5158\nread again:  Hello\n',
    );
  });

  it('draws a fresh key each time', () => {
    const [one, other] = [run(command, sample, 'grüße'), run(command, sample, 'grüße')];
    expect(one).not.toBe(other);
    expect(one).toContain('read again:  grüße');
  });
});

describe('attack-frame.js', () => {
  const read = (bytes: Uint8Array) => new FrameDecoder({ from: 'client' }).push(bytes)[0];

  it('writes a frame that is not masked, and one under a fresh key that decodes to the same', () => {
    expect(read(ways.off())).toMatchObject({ masked: false, payload: wanted });
    expect(read(ways.fresh())).toMatchObject({ masked: true, payload: wanted, violations: [] });
  });

  it('writes a legal frame whose wire bytes are what the attacker wants, where the key is known', () => {
    expect(read(ways.known())).toMatchObject({ masked: true, wirePayload: wanted, violations: [] });
  });
});
