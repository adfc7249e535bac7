import type { Connection } from '../../src/derive/connection.ts';
import { isControl } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** The shortest payload whose length no longer fits the 7 bits of a header (RFC 6455 §5.2). */
const shortest = 126;

/** Find the shortest message whose header is longer than 6 bytes. */
export const longerHeader: Challenge = {
  id: 'longer-header',
  title: 'The shortest message with a longer header',
  task: 'Send the shortest message that goes out with more than 6 bytes in front of it.',
  hints: [
    'The payload length has 7 bits in the header, so it counts to 127. Two of those values mean something else.',
    '126 and 127 say that 2 or 8 more bytes of length follow. Count bytes, not characters.',
  ],
  judge(connections): Verdict {
    const longer = sentByClient(connections).filter(({ frame }) => frame.lengthEncoding !== 7);
    const best = Math.min(...longer.map(({ frame }) => frame.payloadLength));
    if (longer.length === 0) {
      return {
        passed: false,
        seen: [],
        missing: ['Every header so far has 6 bytes: send a longer message.'],
      };
    }
    if (best > shortest) {
      const seen = `A message of ${String(best)} bytes went out with a longer header.`;
      return { passed: false, seen: [seen], missing: ['A shorter message has a longer header too.'] };
    }
    return {
      passed: true,
      seen: [`${String(best)} bytes: the length no longer fits 7 bits, so 2 bytes of it follow.`],
      missing: [],
    };
  },
};

const sentByClient = (connections: readonly Connection[]) =>
  connections
    .flatMap(({ frames }) => frames)
    .filter(
      ({ from, frame }) => from === 'client' && frame.violations.length === 0 && !isControl(frame.opcode),
    );
