/** The end of a head: its last line's CR LF, and that of the empty line (RFC 9112 §2.1). */
const headEnd = Buffer.from('\r\n\r\n');

/** How many bytes the head at the beginning of `bytes` takes, with its empty line; `undefined` while it is not whole. */
export function headLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(headEnd);
  return end === -1 ? undefined : end + headEnd.length;
}

/** The names of a Connection field's value, in lower case. */
const connectionOptions = (value: string): string[] =>
  value
    .split(',')
    .map((option) => option.trim().toLowerCase())
    .filter((option) => option !== '');

/** Name and value of a field line, or `undefined` where it is none. */
function readFieldLine(line: string): { name: string; value: string } | undefined {
  const colon = line.indexOf(':');
  return colon < 1
    ? undefined
    : { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
}

/** Whether a request head asks to leave HTTP (RFC 9110 §7.8). */
export const asksForUpgrade = (head: Buffer): boolean =>
  head
    .toString('latin1')
    .split('\r\n')
    .slice(1)
    .some((line) => readFieldLine(line)?.name === 'upgrade');

/**
 * A request head as passed on by a proxy that does not know Upgrade: Connection, and every field that it names, belong
 * to one hop only and are removed (RFC 9110 §7.6.1). All other bytes stay as they are.
 */
export function stripUpgrade(head: Buffer): Buffer {
  const lines = head.toString('latin1').split('\r\n');
  const fields = lines.map((line, index) => (index === 0 ? undefined : readFieldLine(line)));
  const hop = new Set(['connection', 'upgrade']);
  for (const field of fields) {
    if (field?.name !== 'connection') continue;
    for (const option of connectionOptions(field.value)) hop.add(option);
  }
  const kept = lines.filter((_, index) => !hop.has(fields[index]?.name ?? ''));
  return Buffer.from(kept.join('\r\n'), 'latin1');
}

/** What a middlebox answers that forbids WebSocket. It comes from the link: the server never saw the request. */
export function refusalByMiddlebox(): Buffer {
  const body =
    '<!doctype html>\n<title>403 Forbidden</title>\n<h1>Forbidden</h1>\n<p>This network does not allow WebSocket.</p>\n';
  const lines = [
    'HTTP/1.1 403 Forbidden',
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Via: 1.1 middlebox',
    'Connection: close',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
