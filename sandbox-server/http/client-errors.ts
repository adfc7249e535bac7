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
  stream.end(refusalResponse(refusalFor(error)), () => stream.destroy());
}

function refusalFor({ code, reason, message }: ClientError): SandboxError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse.requestTimeout();
  if (code === 'HPE_HEADER_OVERFLOW') return refuse.headTooLarge();
  return refuse.notHttp((reason ?? message).toLowerCase());
}
