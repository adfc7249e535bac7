import { describe, expect, it } from 'vitest';
import { asksForUpgrade, headLength, stripUpgrade } from '../../../../sandbox-server/link/faults/upgrade.ts';

const strip = (text: string): string => stripUpgrade(Buffer.from(text, 'latin1')).toString('latin1');

describe('stripUpgrade', () => {
  it('removes Upgrade and Connection, and leaves every other byte as it was', () => {
    expect(
      strip('GET /e HTTP/1.1\r\nhOst: a\r\nConnection: Upgrade\r\nupgrade:websocket\r\nX:  spaced \r\n\r\n'),
    ).toBe('GET /e HTTP/1.1\r\nhOst: a\r\nX:  spaced \r\n\r\n');
  });

  it('removes every field that Connection names (RFC 9110 §7.6.1)', () => {
    expect(
      strip('GET / HTTP/1.1\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: 5\r\nx-hop: 1\r\nY: 2\r\n\r\n'),
    ).toBe('GET / HTTP/1.1\r\nY: 2\r\n\r\n');
  });

  it('keeps bytes that are not ASCII', () => {
    expect(strip('GET / HTTP/1.1\r\nX: \xe9\xff\r\nUpgrade: h2c\r\n\r\n')).toBe(
      'GET / HTTP/1.1\r\nX: \xe9\xff\r\n\r\n',
    );
  });
});

describe('headLength', () => {
  it('is known when the empty line has come', () => {
    expect(headLength(Buffer.from('GET / HTTP/1.1\r\nA: b\r\n'))).toBeUndefined();
    expect(headLength(Buffer.from('GET / HTTP/1.1\r\nA: b\r\n\r\nrest'))).toBe(24);
  });
});

describe('asksForUpgrade', () => {
  it('is told by the field, not by a word that stands elsewhere', () => {
    expect(asksForUpgrade(Buffer.from('GET / HTTP/1.1\r\nUPGRADE: x\r\n\r\n'))).toBe(true);
    expect(asksForUpgrade(Buffer.from('GET /upgrade: HTTP/1.1\r\nX: upgrade: y\r\n\r\n'))).toBe(false);
  });
});
