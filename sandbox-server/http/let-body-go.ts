import type { Readable } from 'node:stream';

/** Most bytes of a body that are read only to be let go. */
const maxBytes = 32 * 1024 * 1024;

/**
 * Reads what is left of a body that is refused, keeps nothing of it, and calls `then` when the client has sent it all, or
 * more than it is worth. Who is answered while it sends may never read the answer: to close with bytes unread is an RST
 * (RFC 1122 §4.2.2.13), which takes the answer along (RFC 9112 §9.6).
 */
export function letBodyGo(request: Readable & { readonly complete: boolean }, then: () => void): void {
  let left = maxBytes;
  const take = (bytes: Buffer): void => {
    left -= bytes.length;
    if (left < 0) over();
  };
  const over = (): void => {
    request.off('data', take).off('end', over).off('close', over);
    then();
  };
  if (request.complete || request.destroyed) then();
  else request.on('data', take).on('end', over).on('close', over).resume();
}
