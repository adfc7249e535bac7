import { acceptKey } from './accept-key.ts';
import type { ByteRange } from './byte-range.ts';
import { parseExtensions, type Extension } from './extension.ts';
import { HeadCheck, type Check } from './handshake-check.ts';
import type { RequestHead, ResponseHead } from './http-head.ts';
import {
  deflateName,
  misfitOfDeflateAnswer,
  readDeflateAnswer,
  readDeflateOffer,
} from './permessage-deflate.ts';
import { fieldLines, fieldTokens, fieldValues } from './read-head.ts';
import { rules } from './rules.ts';
import { parseSubprotocols } from './subprotocol.ts';
import { visibleText } from './visible-text.ts';

export type { Check } from './handshake-check.ts';

/**
 * Judges a client's request by every rule, in a fixed order, held or broken (RFC 6455 §4.1, §4.2.1). A rule about the
 * form of something that is missing counts as held: that it is missing breaks a rule of its own.
 */
export function judgeRequest(head: RequestHead): Check[] {
  const check = new HeadCheck(head);
  const { method, target, version } = head;
  return [
    check.part(rules.methodGet, method === 'GET', method, head.methodRange),
    check.part(rules.httpVersion, isAtLeast11(version), version, head.versionRange),
    check.part(rules.requestTarget, isRequestTarget(target), target, head.targetRange),
    check.part(rules.noFragment, !target.includes('#'), target, fragmentOf(head)),
    ...hostChecks(head, check),
    check.field(rules.upgradeWebsocket, 'Upgrade', namesToken(head, 'Upgrade', 'websocket')),
    check.field(rules.connectionUpgrade, 'Connection', namesToken(head, 'Connection', 'upgrade')),
    ...keyChecks(head, check),
    originCheck(head, check),
    ...versionChecks(head, check),
    ...subprotocolChecks(head, check),
    ...extensionChecks(head, check),
    ...check.syntax(),
  ];
}

/**
 * Judges a server's 101 to a request by every rule, in a fixed order, held or broken (RFC 6455 §4.1, §4.2.2). A response
 * that refuses the handshake need not keep them; see `judgeRefusal`.
 */
export function judgeResponse(head: ResponseHead, request: RequestHead): Check[] {
  const check = new HeadCheck(head);
  const status = visibleText(`${String(head.statusCode)} ${head.reasonPhrase}`.trim());
  const upgrade = fieldValues(head, 'Upgrade');
  return [
    check.part(rules.status101, head.statusCode === 101, status, head.statusCodeRange),
    check.part(rules.answerVersion, isAtLeast11(head.version), head.version, head.versionRange),
    check.field(rules.answerUpgrade, 'Upgrade', upgrade.join().toLowerCase() === 'websocket'),
    check.field(rules.answerConnection, 'Connection', namesToken(head, 'Connection', 'upgrade')),
    ...acceptChecks(head, request, check),
    ...answeredSubprotocolChecks(head, request, check),
    ...answeredExtensionChecks(head, request, check),
    bodyFieldsCheck(head, check),
    ...check.syntax(),
  ];
}

/** Judges a response that refuses the handshake by every rule, in a fixed order. */
export function judgeRefusal(head: ResponseHead, request: RequestHead): Check[] {
  const check = new HeadCheck(head);
  const versions = fieldValues(request, 'Sec-WebSocket-Version');
  const refusesVersion =
    versions.length > 0 && versions.join() !== '13' && [400, 426].includes(head.statusCode);
  const owed = (rule: Check['rule'], name: string, isOwed: boolean): Check =>
    check.field(rule, name, !isOwed || fieldLines(head, name).length > 0, {
      absent: isOwed ? 'there is none' : 'none, and none is needed',
    });
  return [
    owed(rules.refusalNamesVersions, 'Sec-WebSocket-Version', refusesVersion),
    owed(rules.refusalNamesUpgrade, 'Upgrade', head.statusCode === 426),
    owed(rules.refusalNamesMethods, 'Allow', head.statusCode === 405),
    owed(rules.refusalNamesChallenge, 'WWW-Authenticate', head.statusCode === 401),
    ...check.syntax(),
  ];
}

function isAtLeast11(version: string): boolean {
  const [, major, minor] = /^HTTP\/(\d)\.(\d)$/.exec(version) ?? [];
  return major !== undefined && (Number(major) > 1 || (major === '1' && Number(minor) >= 1));
}

/** §4.1: a resource name (§3: path and query), or a whole http or https address. */
const isRequestTarget = (target: string): boolean => /^(\/|https?:\/\/[^/?#])/i.test(target);

function fragmentOf({ target, targetRange }: RequestHead): ByteRange {
  const hash = target.indexOf('#');
  return hash === -1 ? targetRange : { start: targetRange.start + hash, end: targetRange.end };
}

/** RFC 3986 §3.2.2: a name, an IPv4 address or an IPv6 address in brackets; a port may follow. */
const isHost = (value: string): boolean => /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(value);

function hostChecks(head: RequestHead, check: HeadCheck): Check[] {
  const hosts = fieldValues(head, 'Host');
  return [
    check.field(rules.hostPresent, 'Host', hosts.length > 0),
    check.once(rules.hostOnce, 'Host'),
    check.field(rules.hostSyntax, 'Host', hosts.every(isHost)),
  ];
}

/** §11.3.1; RFC 4648 §4: 16 bytes make 22 characters and two of padding. */
function keyChecks(head: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Key';
  const keys = fieldValues(head, name);
  const areSixteenBytes = keys.every((key) => /^[A-Za-z\d+/]{22}==$/.test(key));
  // The last of the 22 characters carries two bits of data, and four that must be zero.
  const areCanonical = keys.every((key) => !/^[A-Za-z\d+/]{22}==$/.test(key) || /[AQgw]==$/.test(key));
  const found = keys.length > 0 && !areSixteenBytes ? keys.map(describeKey).join(' and ') : undefined;
  return [
    check.field(rules.keyPresent, name, keys.length > 0),
    check.once(rules.keyOnce, name),
    check.field(rules.keySixteenBytes, name, areSixteenBytes, { found }),
    check.field(rules.keyCanonical, name, areCanonical),
  ];
}

function describeKey(key: string): string {
  if (key === '') return 'an empty value';
  const shown = visibleText(key, 40);
  const [, data] = /^([A-Za-z\d+/]+)={0,2}$/.exec(key) ?? [];
  if (data === undefined || key.length % 4 !== 0) return `${shown}, which is not base64`;
  return `${shown}, which is ${String(Math.floor((data.length * 3) / 4))} bytes`;
}

/** §4.2.1: a request without Origin should not be taken for a browser's; RFC 6454 §7.3 forbids a second one. */
function originCheck(head: RequestHead, check: HeadCheck): Check {
  const origins = fieldLines(head, 'Origin');
  const [, second] = origins;
  return check.field(rules.originOnce, 'Origin', origins.length <= 1, {
    absent: 'none, so it counts as no browser’s',
    at: second?.range,
  });
}

function versionChecks(head: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Version';
  const versions = fieldValues(head, name);
  return [
    check.field(rules.versionPresent, name, versions.length > 0),
    check.once(rules.versionOnce, name),
    // §4.3: no leading zeros; a list is the server's to send.
    check.field(
      rules.versionThirteen,
      name,
      versions.every((version) => version === '13'),
    ),
  ];
}

function subprotocolChecks(head: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Protocol';
  const { notTokens, repeated } = parseSubprotocols(fieldValues(head, name));
  return [
    check.list(rules.subprotocolTokens, name, notTokens),
    check.list(rules.subprotocolsDistinct, name, repeated),
  ];
}

const isDeflate = ({ name }: Extension): boolean => name === deflateName;

function extensionChecks(head: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Extensions';
  const { extensions, faults } = parseExtensions(fieldValues(head, name));
  const misread = extensions
    .filter(isDeflate)
    .map(readDeflateOffer)
    .find(({ ok }) => !ok);
  return [
    check.list(rules.extensionSyntax, name, faults),
    check.field(rules.deflateOffer, name, misread === undefined, {
      absent: 'none, and none is needed',
      found: misread && !misread.ok ? visibleText(misread.found) : undefined,
    }),
  ];
}

function acceptChecks(head: ResponseHead, request: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Accept';
  const accepts = fieldValues(head, name);
  const key = fieldValues(request, 'Sec-WebSocket-Key')[0];
  const owed = key === undefined ? undefined : acceptKey(key);
  const isOwed = accepts.every((accept) => accept === owed);
  const shown = visibleText(accepts.join(' and '));
  const found = owed === undefined ? `${shown}, to a request without a key` : `${shown} instead of ${owed}`;
  return [
    check.field(rules.acceptPresent, name, accepts.length > 0),
    check.once(rules.acceptOnce, name),
    check.field(rules.acceptValue, name, isOwed, { found: isOwed ? undefined : found }),
  ];
}

function answeredSubprotocolChecks(head: ResponseHead, request: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Protocol';
  const picked = fieldValues(head, name);
  const { subprotocols: offered } = parseSubprotocols(fieldValues(request, name));
  const stranger = picked.find((subprotocol) => !offered.includes(subprotocol));
  const isOne = picked.length <= 1 && !picked.some((value) => value.includes(','));
  const offer = offered.length === 0 ? 'none was offered' : `offered were ${offered.join(', ')}`;
  const found =
    stranger === undefined ? undefined : visibleText(`${stranger || 'an empty value'}; ${offer}`, 120);
  const absent = offered.length === 0 ? 'none, as none was offered' : 'none, so none is in use';
  return [
    check.field(rules.answeredSubprotocolOnce, name, isOne, { absent }),
    check.field(rules.answeredSubprotocolOffered, name, stranger === undefined, { absent, found }),
  ];
}

function answeredExtensionChecks(head: ResponseHead, request: RequestHead, check: HeadCheck): Check[] {
  const name = 'Sec-WebSocket-Extensions';
  const { extensions, faults } = parseExtensions(fieldValues(head, name));
  const { extensions: offers } = parseExtensions(fieldValues(request, name));
  const offered = new Set(offers.map((offer) => offer.name));
  const stranger = extensions.find((extension) => !offered.has(extension.name));
  const misfit = misfitOfDeflate(extensions, offers);
  const absent = 'none, and none is needed';
  const notOffered = stranger && `${stranger.name}, which was not offered`;
  return [
    check.list(rules.answeredExtensionSyntax, name, faults),
    check.field(rules.answeredExtensionOffered, name, !stranger, { absent, found: notOffered }),
    check.field(rules.deflateAnswer, name, misfit === undefined, { absent, found: misfit }),
  ];
}

/** What is wrong with the answer to permessage-deflate; `undefined` where it fits one of the offers. */
function misfitOfDeflate(extensions: readonly Extension[], offers: readonly Extension[]): string | undefined {
  const answers = extensions.filter(isDeflate);
  const [answer] = answers;
  if (!answer) return undefined;
  // RFC 7692 §5, §6: two of them would both claim RSV1.
  if (answers.length > 1) return 'permessage-deflate twice';
  const read = readDeflateAnswer(answer);
  if (!read.ok) return visibleText(read.found);
  const misfits = offers
    .filter(isDeflate)
    .map(readDeflateOffer)
    .map((offer) => (offer.ok ? misfitOfDeflateAnswer(read.value, offer.value) : offer.found));
  return misfits.length > 0 && !misfits.includes(undefined) ? misfits[0] : undefined;
}

function bodyFieldsCheck(head: ResponseHead, check: HeadCheck): Check {
  const name = ['Content-Length', 'Transfer-Encoding'].find((field) => fieldLines(head, field).length > 0);
  const absent = 'neither of them';
  return check.field(rules.noBodyFields, name ?? 'Content-Length', name === undefined, {
    absent,
    found: name,
  });
}

/** Whether a comma list names a token, in upper or lower case. */
const namesToken = (head: RequestHead | ResponseHead, name: string, token: string): boolean =>
  fieldTokens(head, name).some((member) => member.toLowerCase() === token);
