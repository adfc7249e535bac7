import type { FastifyReply } from 'fastify';
import { SandboxError, apiErrorOf } from '../errors.ts';
import { refuse } from '../refusals.ts';
import { letBodyGo } from './let-body-go.ts';

/** Writes out whatever was thrown while a request was answered. Nothing of its inside is shown. */
export function answerError(thrown: unknown, reply: FastifyReply, maxBodyBytes: number): void {
  const error = thrown instanceof SandboxError ? thrown : refusalFor(thrown, maxBodyBytes);
  if (error.status === 500) reply.log.error({ err: thrown }, 'request failed');
  const { Connection: connection, ...headers } = error.headers;
  if (connection !== undefined) void reply.header('Connection', `${connection}, close`);
  const answer = (): void => {
    void reply.code(error.status).headers(headers).send(apiErrorOf(error));
  };
  if (error.status === 413) letBodyGo(reply.request.raw, answer);
  else answer();
}

/** What Fastify refuses by itself, in our words. */
function refusalFor(thrown: unknown, maxBodyBytes: number): SandboxError {
  const { code, statusCode, message } = thrown as { code?: unknown; statusCode?: unknown; message?: unknown };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse.bodyTooLarge(maxBodyBytes);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse.mediaTypeRefused();
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
    case 'FST_STATIC_FORBIDDEN_PATH':
      return refuse.pathNotFound();
    default:
      return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
        ? refuse.malformedBody(String(message))
        : refuse.internalError();
  }
}
