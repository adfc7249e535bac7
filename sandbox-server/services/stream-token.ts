import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { show } from '../../src/contract/result.ts';
import type { Lab } from '../lab/lab.ts';
import { refuse } from '../refusals.ts';
import type { Service } from './service.ts';

/** How long a token may be good, and how long one is that does not say; ms. */
const longestMs = 600_000;
const plainMs = 60_000;

/** Of this life of the sandbox: no token outlives it. */
const key = randomBytes(32);

/** A token says until when it is good, by the clock of its lab, and is sealed: nothing has to be remembered. */
const seal = (lab: Lab, until: string): string =>
  createHmac('sha256', key).update(`${lab.id} ${until}`).digest('base64url');

/** `POST` answers a fresh token for the stream of its lab, good for `?lasts=<ms>`: what an application gets by its session. */
export function createStreamToken(): Service {
  return {
    door: 'own pages',
    methods: ['POST'],
    answer({ lab, query, response }) {
      const lastsMs = readLasts(query.get('lasts'));
      const until = String(Math.ceil(lab.labTime(performance.now()) + lastsMs));
      const text = JSON.stringify({ token: `${until}.${seal(lab, until)}`, expiresInMs: lastsMs });
      response.writeHead(201, {
        'Cache-Control': 'no-store',
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(text),
      });
      response.end(text);
    },
  };
}

/** Lets a handshake pass whose token is good, or that names none. Throws `SandboxError`, 401, for any other. */
export function demandGoodToken(lab: Lab, query: URLSearchParams): void {
  const token = query.get('token');
  if (token === null) return;
  const [until = '', given = ''] = token.split('.');
  const expected = Buffer.from(seal(lab, until));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw refuse.tokenUnknown();
  if (lab.labTime(performance.now()) > Number(until)) throw refuse.tokenExpired();
}

function readLasts(given: string | null): number {
  if (given === null) return plainMs;
  const lastsMs = /^[0-9]{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (lastsMs >= 1 && lastsMs <= longestMs) return lastsMs;
  throw refuse.fieldRefused('lasts', `expected a number from 1 to ${String(longestMs)}, got ${show(given)}`);
}
