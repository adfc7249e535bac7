import { describe, expect, it } from 'vitest';
import { admit, type Door, type Knock } from '../../sandbox-server/doors.ts';
import { servedNames } from '../../sandbox-server/served-names.ts';

const keeper = {
  servesName: servedNames('127.0.0.1', ['lab.local']),
  allowedOrigins: new Set(['http://localhost:5173']),
};

const codeOf = (knock: Partial<Knock>, door: Door = 'own pages'): string | undefined =>
  admit({ hosts: ['localhost:4321'], authority: undefined, origin: undefined, ...knock }, door, keeper)?.code;

describe('admit', () => {
  it.each(['localhost:4321', 'LOCALHOST', '127.0.0.1:9', '[::1]:4321', 'lab.local'])(
    'lets pass the Host %s',
    (host) => {
      expect(codeOf({ hosts: [host] })).toBeUndefined();
    },
  );

  it.each([
    'evil.example',
    'evil.example:4321',
    'localhost.evil.example',
    'evil.example#localhost',
    'localhost@evil.example',
    'localhost:4321:4321',
    '127.0.0.1.evil.example',
    '192.168.0.1',
    '',
    ' ',
  ])('refuses the Host %j at every door: a rebound name must not reach the sandbox', (host) => {
    for (const door of ['anybody', 'readers', 'own pages'] as const) {
      expect(codeOf({ hosts: [host] }, door)).toBe('wrong-host');
    }
  });

  it('counts the authority of an absolute target as Host', () => {
    expect(codeOf({ authority: 'evil.example' }, 'anybody')).toBe('wrong-host');
    expect(codeOf({ authority: 'localhost:4321' }, 'anybody')).toBeUndefined();
  });

  it('refuses two Hosts, and none but where anybody may come in', () => {
    expect(codeOf({ hosts: ['localhost', 'localhost'] }, 'anybody')).toBe('host-missing');
    expect(codeOf({ hosts: [] }, 'readers')).toBe('host-missing');
    expect(codeOf({ hosts: [] }, 'own pages')).toBe('host-missing');
    expect(codeOf({ hosts: [] }, 'anybody')).toBeUndefined();
  });

  it.each(['http://localhost:4321', 'https://localhost:4321', 'http://localhost:5173'])(
    'lets pages of %s in: its own, its own behind TLS, and an allowed one',
    (origin) => {
      expect(codeOf({ origin })).toBeUndefined();
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'http://localhost:3000',
    'http://localhost',
    'http://localhost:4321.evil.example',
    'http://evil.example/localhost:4321',
    'http://127.0.0.1:4321',
    'ws://localhost:4321',
    '',
  ])('refuses pages of %j, since an origin is compared whole', (origin) => {
    expect(codeOf({ origin })).toBe('foreign-origin');
  });

  it('asks nobody for an origin at the doors for anybody and for readers', () => {
    expect(codeOf({ origin: 'http://evil.example' }, 'anybody')).toBeUndefined();
    expect(codeOf({ origin: 'http://evil.example' }, 'readers')).toBeUndefined();
  });
});

describe('servedNames', () => {
  it('goes by its own address where it is bound to one', () => {
    const serves = servedNames('192.168.7.1', []);
    expect(serves('192.168.7.1')).toBe(true);
    expect(serves('192.168.7.2')).toBe(false);
    expect(servedNames('fe80::1', [])('[fe80::1]')).toBe(true);
  });

  it.each(['0.0.0.0', '::'])(
    'goes by any address where it is bound to all of them (%s), but not by any name',
    (host) => {
      const serves = servedNames(host, []);
      expect(serves('192.168.7.2')).toBe(true);
      expect(serves('[2001:db8::7]')).toBe(true);
      expect(serves('evil.example')).toBe(false);
    },
  );
});
