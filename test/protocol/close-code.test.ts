import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CloseCode, closeCodes, mayBeSent, meaningOfCloseCode } from '../../src/protocol/close-code.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { writeClosePayload } from '../../src/protocol/close-payload.ts';
import { rules } from '../../src/protocol/rules.ts';
import { readWithWs, WsSender } from './ws-internals.ts';

/** Every code with a row of its own, and both ends of every range. */
const telling = [...new Set(closeCodes.flatMap(({ from, to }) => [from, to]))];

describe('closeCodes', () => {
  it('covers every number of two bytes', () => {
    for (let code = 0; code <= 65_535; code++) {
      const { from, to } = meaningOfCloseCode(code);
      if (code < from || code > to)
        throw new Error(`${String(code)} has the row ${String(from)}-${String(to)}`);
    }
    expect(meaningOfCloseCode(65_536).name).toBe('No close code');
  });

  it('prefers the row of a code to that of the range around it', () => {
    expect(meaningOfCloseCode(3000).name).toBe('Unauthorized');
    expect(meaningOfCloseCode(3001).name).toBe('Registered');
  });

  it('has a row of its own for each code that has a name', () => {
    for (const code of Object.values(CloseCode)) {
      expect(meaningOfCloseCode(code)).toMatchObject({ from: code, to: code });
    }
  });

  it('never lets 1005, 1006 and 1015 onto the wire, nor anything that nobody defined (RFC 6455 §7.4)', () => {
    expect(closeCodes.filter((row) => row.isLocalOnly).map(({ from }) => from)).toEqual([1005, 1006, 1015]);
    expect(
      closeCodes.filter((row) => row.mayBeSent).map(({ from, to }) => `${String(from)}-${String(to)}`),
    ).toEqual([
      ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014].map(
        (code) => `${String(code)}-${String(code)}`,
      ),
      '3000-3999',
      '3000-3000',
      '3003-3003',
      '3008-3008',
      '4000-4999',
    ]);
  });

  it('says who sends a code exactly where it may be sent', () => {
    for (const row of closeCodes) expect(row.sentBy === 'nobody').toBe(!row.mayBeSent);
  });

  it.each(telling)('is right about the wire: a Close frame with %i breaks a rule, or not', async (code) => {
    const bytes = encodeFrame({ opcode: 8, payload: writeClosePayload(code) });
    const broken = new FrameDecoder({ from: 'server' }).push(bytes).flatMap(({ violations }) => violations);
    expect(broken.some(({ rule }) => rule === rules.closeCode)).toBe(!meaningOfCloseCode(code).mayBeSent);
    const { failed } = await readWithWs([bytes], 'server');
    expect(failed).toBe(mayBeSent(code) ? undefined : 'WS_ERR_INVALID_CLOSE_CODE');
  });

  it.each(telling)('is right about ws: its close(%i) throws, or not', (code) => {
    const accepted = doesNotThrow(() => {
      new WsSender(new PassThrough()).close(code, '', false, () => undefined);
    });
    expect(accepted).toBe(meaningOfCloseCode(code).wsCloseAccepts);
  });

  it.each(telling)(
    'is right about browsers: close(%i) of the WHATWG interface throws, or not',
    async (code) => {
      // Node's own WebSocket follows WHATWG. Nothing listens there: it never opens, and close() is judged all the same.
      const socket = new WebSocket('ws://127.0.0.1:9/');
      const closed = new Promise((resolve) => {
        socket.addEventListener('close', resolve);
      });
      const accepted = doesNotThrow(() => {
        socket.close(code);
      });
      expect(accepted).toBe(meaningOfCloseCode(code).browserCloseAccepts);
      await closed;
    },
  );
});

function doesNotThrow(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
