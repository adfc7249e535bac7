import { STATUS_CODES } from 'node:http';
import type { ApiError } from '../src/contract/api-error.ts';

/** What a refusal may carry beside its sentence. */
export interface RefusalDetails {
  /** The field that was wrong. */
  field?: string;
  /** Further response headers: `Allow`, `Retry-After`, `Upgrade` … */
  headers?: Record<string, string>;
}

/** A refusal of the sandbox: an HTTP status, a stable code, what was wrong, and what to do next. */
export class SandboxError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, hint: string, details: RefusalDetails = {}) {
    super(message);
    this.name = 'SandboxError';
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.field = details.field;
    this.headers = details.headers ?? {};
  }
}

/** The JSON body of a refusal. */
export const apiErrorOf = ({ code, message, hint, field }: SandboxError): ApiError => ({
  error: { code, message, hint, ...(field === undefined ? {} : { field }) },
});

/**
 * A refusal as a whole HTTP/1.1 response, for a connection on which there is no response object: a refused upgrade, or
 * bytes that are no request. The connection ends after it.
 */
export function refusalResponse(error: SandboxError): string {
  const body = `${JSON.stringify(apiErrorOf(error))}\n`;
  const { Connection: connection, ...headers } = error.headers;
  const fields = {
    ...headers,
    Connection: connection === undefined ? 'close' : `${connection}, close`,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const phrase = STATUS_CODES[error.status] ?? 'Refused';
  return [`HTTP/1.1 ${String(error.status)} ${phrase}`, ...lines, '', body].join('\r\n');
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
