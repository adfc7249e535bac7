import { judgeRequest, judgeResponse, type Check } from '../protocol/opening-handshake.ts';
import type { Connection } from './connection.ts';

/** What the standard says of a handshake, beside what the server did with it. */
export interface HandshakeVerdict {
  /** Every rule for the request and for the response, held or broken. */
  checks: readonly Check[];
  /** Rules that the request breaks. */
  brokenByRequest: number;
  /** Rules that the response breaks. Not asked of a response that refuses: it need not be a handshake. */
  brokenByResponse: number;
  /** What the server did: answered 101, something else, or nothing (yet). */
  server: 'accepted' | 'refused' | 'silent';
  /**
   * Whether standard and server come to the same end: `laxer` where the server accepted a request that breaks a rule,
   * `stricter` where it refused one that breaks none (it may: for an Origin it does not like, say).
   */
  compared: 'agree' | 'laxer' | 'stricter' | 'open';
}

/** Judges the handshake of a connection; `undefined` while its request is not whole. */
export function handshakeVerdict({ request, response, handshake }: Connection): HandshakeVerdict | undefined {
  if (!request) return undefined;
  const ofRequest = judgeRequest(request);
  const ofResponse = response?.statusCode === 101 ? judgeResponse(response, request) : [];
  const brokenByRequest = countBroken(ofRequest);
  const server = handshake === 'open' ? 'accepted' : handshake === 'refused' ? 'refused' : 'silent';
  return {
    checks: [...ofRequest, ...ofResponse],
    brokenByRequest,
    brokenByResponse: countBroken(ofResponse),
    server,
    compared: compare(brokenByRequest > 0, server),
  };
}

const countBroken = (checks: readonly Check[]): number => checks.filter((check) => !check.ok).length;

function compare(broken: boolean, server: HandshakeVerdict['server']): HandshakeVerdict['compared'] {
  if (server === 'silent') return 'open';
  if (broken) return server === 'accepted' ? 'laxer' : 'agree';
  return server === 'accepted' ? 'agree' : 'stricter';
}
