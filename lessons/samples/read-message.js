/** Reads whatever a server may send: `{ message }`, or `{ problem }` in words. It never throws. */
export function readMessage(data) {
  if (typeof data !== 'string') return { problem: 'binary, where text was expected' };
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return { problem: 'no JSON' };
  }
  // JSON can also be null, a number or a list.
  if (typeof message?.type !== 'string') return { problem: 'no type' };
  return { message };
}
