import type { Duplex } from 'node:stream';
import { refusalResponse, type SandboxError } from '../errors.ts';
import { refuse } from '../refusals.ts';

/** What Node's HTTP parser says of bytes that are no request, or of a request that does not come. */
export interface ClientError extends Error {
  code?: string;
  /** llhttp's own words. */
  reason?: string;
}

/** Answers bytes that never became a request, and ends the connection. */
export function answerClientError(error: ClientError, stream: Duplex): void {
  if (error.code === 'ECONNRESET' || stream.destroyed || !stream.writable) {
    stream.destroy();
    return;
  }
  endWith(refusalFor(error), stream);
}

/** Answers with a refusal on a bare connection, and ends it. */
export function endWith(refusal: SandboxError, stream: Duplex): void {
  // What the client still sends is of no use, but unread it would turn the answer's end into a reset.
  stream.resume();
  stream.end(refusalResponse(refusal), () => stream.destroy());
}

function refusalFor({ code, reason, message }: ClientError): SandboxError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse.requestTimeout();
  if (code === 'HPE_HEADER_OVERFLOW') return refuse.headTooLarge();
  return refuse.notHttp((reason ?? message).toLowerCase());
}
