import { base64 } from '@scure/base';
import { acceptKey } from './accept-key.ts';
import type { ByteRange } from './byte-range.ts';
import type { RequestHead, ResponseHead } from './http-head.ts';
import { fieldTokens, fieldValues } from './read-head.ts';
import { rules, type Rule } from './rules.ts';

/** One rule of the opening handshake, held or broken. */
export interface Check {
  rule: Rule;
  ok: boolean;
  /** What stood there, in a few words. */
  found: string;
  /** The bytes that decide it, in the head. */
  at?: ByteRange;
  side: 'request' | 'response';
}

/** Judges a request by every rule, in a fixed order (RFC 6455 §4.1, §4.2.1). */
export function judgeRequest(head: RequestHead): Check[] {
  const check = checker('request', head);
  const keys = fieldValues(head, 'Sec-WebSocket-Key');
  const hosts = fieldValues(head, 'Host');
  const versions = fieldValues(head, 'Sec-WebSocket-Version');
  const offers = fieldTokens(head, 'Sec-WebSocket-Protocol');
  return [
    check.syntax(),
    check(rules.methodGet, head.method === 'GET', head.method, head.methodRange),
    check(rules.httpVersion, atLeast11(head.version), head.version, head.versionRange),
    check(rules.requestTarget, /^(\/|https?:\/\/)/i.test(head.target), head.target, head.targetRange),
    check.field('Host', rules.hostPresent, hosts.length === 1),
    check.field('Upgrade', rules.upgradeWebsocket, hasToken(head, 'Upgrade', 'websocket')),
    check.field('Connection', rules.connectionUpgrade, hasToken(head, 'Connection', 'upgrade')),
    check.field('Sec-WebSocket-Key', rules.keyPresent, keys.length === 1),
    check.field('Sec-WebSocket-Key', rules.keySixteenBytes, keyBytes(keys[0]) === 16),
    check.field(
      'Sec-WebSocket-Version',
      rules.versionThirteen,
      versions.length === 1 && versions[0] === '13',
    ),
    check.field(
      'Sec-WebSocket-Protocol',
      rules.subprotocolsOffered,
      areDistinctTokens(offers),
      offers.length === 0,
    ),
  ];
}

/** Judges the answer to a request by every rule, in a fixed order (RFC 6455 §4.1, §4.2.2). */
export function judgeResponse(head: ResponseHead, request: RequestHead): Check[] {
  const check = checker('response', head);
  const key = fieldValues(request, 'Sec-WebSocket-Key')[0];
  const accepts = fieldValues(head, 'Sec-WebSocket-Accept');
  const picked = fieldValues(head, 'Sec-WebSocket-Protocol');
  const offered = fieldTokens(request, 'Sec-WebSocket-Protocol');
  const extensions = names(fieldTokens(head, 'Sec-WebSocket-Extensions'));
  const offeredExtensions = names(fieldTokens(request, 'Sec-WebSocket-Extensions'));
  return [
    check.syntax(),
    check(rules.status101, head.statusCode === 101, String(head.statusCode), head.statusCodeRange),
    check.field(
      'Upgrade',
      rules.answerUpgrade,
      fieldValues(head, 'Upgrade').join().toLowerCase() === 'websocket',
    ),
    check.field('Connection', rules.answerConnection, hasToken(head, 'Connection', 'upgrade')),
    check.field(
      'Sec-WebSocket-Accept',
      rules.acceptValue,
      accepts.length === 1 && key !== undefined && accepts[0] === acceptKey(key),
    ),
    check.field(
      'Sec-WebSocket-Protocol',
      rules.subprotocolPicked,
      picked.length === 0 || (picked.length === 1 && offered.includes(picked[0] ?? '')),
      picked.length === 0,
    ),
    check.field(
      'Sec-WebSocket-Extensions',
      rules.extensionsPicked,
      extensions.every((name) => offeredExtensions.includes(name)),
      extensions.length === 0,
    ),
  ];
}

function checker(side: Check['side'], head: RequestHead | ResponseHead) {
  const check = (rule: Rule, ok: boolean, found: string, at?: ByteRange): Check => ({
    rule,
    ok,
    found,
    side,
    ...(at && { at }),
  });
  return Object.assign(check, {
    /** A rule about a field: what was found are its values. `absentIsFine` only changes the words. */
    field(name: string, rule: Rule, ok: boolean, absentIsFine = false): Check {
      const fields = head.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
      const absent = absentIsFine ? 'none, and none is needed' : 'there is none';
      const found = fields.length === 0 ? absent : fields.map(({ value }) => value).join(' and ');
      return check(rule, ok, found, fields[0]?.range);
    },
    syntax(): Check {
      const [first] = head.violations;
      if (!first) return check(rules.startLineSyntax, true, 'well-formed', head.startLine);
      return check(first.rule, false, first.found, first.at);
    },
  });
}

const hasToken = (head: RequestHead | ResponseHead, name: string, token: string): boolean =>
  fieldTokens(head, name).some((member) => member.toLowerCase() === token);

const names = (extensions: string[]): string[] =>
  extensions.map((extension) => extension.split(';')[0]?.trim() ?? '');

function atLeast11(version: string): boolean {
  const [, major, minor] = /^HTTP\/(\d)\.(\d)$/.exec(version) ?? [];
  return major !== undefined && minor !== undefined && Number(major) + Number(minor) / 10 >= 1.1;
}

/** How many bytes a key decodes to; `undefined` where it is not base64. */
function keyBytes(key: string | undefined): number | undefined {
  if (key === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(key) || key.length % 4 !== 0) return undefined;
  try {
    return base64.decode(key).length;
  } catch {
    return undefined;
  }
}

const areDistinctTokens = (offers: string[]): boolean =>
  new Set(offers).size === offers.length && offers.every((offer) => /^[!#$%&'*+\-.^_`|~\w]+$/.test(offer));
