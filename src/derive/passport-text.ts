import { formatExtensions, parseExtensions } from '../protocol/extension.ts';
import { fewKeys, type KeyFacts } from './key-facts.ts';
import type { CloseFacts, FrameFacts, Passport, PingFacts, RequestFacts } from './passport.ts';

/** One line of a passport: what was looked at, what was seen, and how it stands with the standard. */
export interface PassportLine {
  name: string;
  seen: string;
  /** `held` and `broken` are of a rule; `plain` is a fact; `open` is not known yet. */
  mark: 'held' | 'broken' | 'plain' | 'open';
  /** Where the rule stands. */
  section?: string;
}

/** A part of a passport with its heading. */
export interface PassportPart {
  title: string;
  lines: readonly PassportLine[];
}

/** A passport in words. */
export function passportText(passport: Passport): PassportPart[] {
  const { request } = passport;
  return [
    { title: 'Handshake', lines: request ? requestLines(request) : [unreadRequest(passport)] },
    { title: 'Frames', lines: frameLines(passport.frames) },
    { title: 'Masking-keys', lines: keyLines(passport.keys) },
    { title: 'Ping', lines: pingLines(passport.pings) },
    { title: 'Close', lines: closeLines(passport) },
  ];
}

const unreadRequest = ({ beheaded }: Passport): PassportLine => ({
  name: 'Request',
  seen: beheaded ? 'the log has dropped its beginning, so it cannot be read' : 'not whole yet',
  mark: 'open',
});

function requestLines(facts: RequestFacts): PassportLine[] {
  const { fields, origin, broken, keyAlsoOf } = facts;
  const judged: PassportLine =
    broken.length === 0
      ? { name: 'Rules of the standard', seen: 'all held', mark: 'held', section: 'RFC 6455 §4.1' }
      : {
          name: 'Rules of the standard',
          seen: `breaks ${counted(broken.length, 'rule')}: ${broken.map(({ says }) => says).join(' ')}`,
          mark: 'broken',
          section: [...new Set(broken.map(({ section }) => section))].join(', '),
        };
  return [
    judged,
    {
      name: `${counted(fields.length, 'header')}, in this order`,
      seen: fields.map(({ name }) => name).join(', '),
      mark: 'plain',
    },
    {
      name: 'Origin',
      seen: origin ?? 'none: browsers send one, other clients need not',
      mark: 'plain',
      section: 'RFC 6455 §4.1',
    },
    { name: 'Extensions', seen: extensionText(facts), mark: 'plain', section: 'RFC 6455 §9.1' },
    { name: 'Subprotocols', seen: subprotocolText(facts), mark: 'plain', section: 'RFC 6455 §1.9' },
    {
      name: 'Sec-WebSocket-Key',
      ...(facts.key === undefined
        ? { seen: 'none', mark: 'broken' }
        : keyAlsoOf.length === 0
          ? { seen: 'on no other connection of this log', mark: 'plain' }
          : {
              seen: `the same as on ${named('connection', keyAlsoOf)}: it has to be a fresh one each time`,
              mark: 'broken',
            }),
      section: 'RFC 6455 §4.1',
    },
  ];
}

function extensionText({ extensions, extensionsAgreed }: RequestFacts): string {
  if (extensions.length === 0) return 'offers none';
  const agreed = formatExtensions(parseExtensions(extensionsAgreed).extensions);
  return `offers ${extensions.join(', ')}; ${agreed === '' ? 'the server agreed to none' : `agreed: ${agreed}`}`;
}

function subprotocolText({ subprotocols, subprotocolAgreed }: RequestFacts): string {
  if (subprotocols.length === 0) return 'offers none';
  return `offers ${subprotocols.join(', ')}; ${subprotocolAgreed === undefined ? 'the server chose none' : `agreed: ${subprotocolAgreed}`}`;
}

function frameLines(facts: FrameFacts): PassportLine[] {
  const { payloadBytes, messages, fragmented, mostFragments, broken, compressed } = facts;
  if (!payloadBytes) {
    return [{ name: 'Messages', seen: 'none yet', mark: 'open' }, ...brokenLines(broken)];
  }
  const { least, most } = payloadBytes;
  return [
    {
      name: 'Messages',
      seen: `${String(messages)}, ${String(facts.text)} text and ${String(facts.binary)} binary`,
      mark: 'plain',
    },
    {
      name: 'Payload of a frame',
      seen: least === most ? bytes(most) : `${least.toLocaleString('en')} to ${bytes(most)}`,
      mark: 'plain',
    },
    {
      name: 'Fragments',
      seen:
        fragmented === 0
          ? 'every message in one frame'
          : `${counted(fragmented, 'message')} cut, the most into ${String(mostFragments)} frames`,
      mark: 'plain',
      section: 'RFC 6455 §5.4',
    },
    ...(compressed === 0
      ? []
      : [
          {
            name: 'Compressed',
            seen: counted(compressed, 'message'),
            mark: 'plain',
            section: 'RFC 7692 §6',
          } as const,
        ]),
    ...brokenLines(broken),
  ];
}

const brokenLines = (broken: FrameFacts['broken']): PassportLine[] =>
  broken.length === 0
    ? []
    : broken.map(({ rule, times }) => ({
        name: `Broken, ${times === 1 ? 'once' : `${String(times)} times`}`,
        seen: rule.says,
        mark: 'broken',
        section: rule.section,
      }));

function keyLines(facts: KeyFacts): PassportLine[] {
  const { masked, unmasked, different, bitsSet, verdict } = facts;
  const section = 'RFC 6455 §5.3';
  const lines: PassportLine[] = [];
  if (unmasked > 0) {
    lines.push({
      name: 'Frames without a key',
      seen: `${String(unmasked)}: a client has to mask every frame`,
      mark: 'broken',
      section: 'RFC 6455 §5.1',
    });
  }
  if (verdict === 'none') return [...lines, { name: 'Keys', seen: 'no masked frame yet', mark: 'open' }];
  return [
    ...lines,
    { name: 'Keys', seen: `${String(different)} different in ${counted(masked, 'frame')}`, mark: 'plain' },
    {
      name: 'Bits that are 1',
      seen: `${String(bitsSet)} of ${String(32 * masked)}; fair coins: ${String(16 * masked)}, give or take ${Math.sqrt(8 * masked).toFixed(0)}`,
      mark: 'plain',
    },
    { name: 'Chance', ...chance(facts), section },
  ];
}

function chance(facts: KeyFacts): Pick<PassportLine, 'seen' | 'mark'> {
  const { zero, masked, step, expectedPairs } = facts;
  switch (facts.verdict) {
    case 'none':
      return { seen: 'no masked frame yet', mark: 'open' };
    case 'zero':
      return {
        seen: `${counted(zero, 'key')} of four zero bytes, which mask nothing: a good source of randomness makes one in four billion`,
        mark: 'broken',
      };
    case 'repeated':
      return {
        seen: `keys repeat. Chance alone would bring ${expectedPairs.toExponential(0)} equal pairs: each frame needs a fresh key`,
        mark: 'broken',
      };
    case 'counted':
      return {
        seen: `each key is the one before plus ${String(step)}: anybody can tell the next`,
        mark: 'broken',
      };
    case 'lopsided':
      return { seen: 'the bits are further from half and half than fair coins ever get', mark: 'broken' };
    case 'few':
      return {
        seen: `nothing strange, but ${counted(masked, 'key')} can show only the worst faults: no zeros, no repeat, no counting. Send ${String(fewKeys)} messages or more`,
        mark: 'open',
      };
    case 'unsuspicious':
      return {
        seen: 'no zeros, no repeat, no counting. That they cannot be guessed, no count of keys can prove',
        mark: 'held',
      };
  }
}

function pingLines(facts: PingFacts): PassportLine[] {
  const { received, held, answered, passedOver, fastestMs, slowestMs, sent, unsolicited } = facts;
  const lines: PassportLine[] = [];
  const section = 'RFC 6455 §5.5.2';
  if (received === 0) {
    lines.push({ name: 'Answers a ping', seen: 'no ping has reached it yet', mark: 'open', section });
  } else {
    const owed = received - answered - passedOver;
    const passed = passedOver === 0 ? '' : `, ${String(passedOver)} passed over as it may`;
    lines.push({
      name: 'Answers a ping',
      seen: `${String(answered)} of ${String(received)} answered${passed}${owed === 0 ? '' : `, ${String(owed)} without an answer`}`,
      mark: owed === 0 ? 'held' : 'open',
      section,
    });
  }
  if (fastestMs !== undefined && slowestMs !== undefined) {
    lines.push({
      name: 'After',
      seen:
        answered === 1 ? milliseconds(fastestMs) : `${milliseconds(fastestMs)} to ${milliseconds(slowestMs)}`,
      mark: 'plain',
    });
  }
  if (held > 0) lines.push({ name: 'Pings held by the link', seen: String(held), mark: 'plain' });
  if (sent > 0) lines.push({ name: 'Pings of its own', seen: String(sent), mark: 'plain' });
  if (unsolicited > 0) {
    lines.push({
      name: 'Pongs that answer nothing',
      seen: `${String(unsolicited)}, which is allowed`,
      mark: 'plain',
      section: 'RFC 6455 §5.5.3',
    });
  }
  return lines;
}

function closeLines({ close, hasEnded, state }: Passport): PassportLine[] {
  const lines: PassportLine[] = [];
  const section = 'RFC 6455 §7.1';
  if (close.client) {
    lines.push({
      name: 'Its Close frame',
      seen: closeText(close),
      mark: 'plain',
      section: 'RFC 6455 §5.5.1',
    });
  } else if (close.serverHasReached && hasEnded) {
    lines.push({
      name: 'Its Close frame',
      seen: 'none, though the server sent one',
      mark: 'broken',
      section: 'RFC 6455 §5.5.1',
    });
  }
  if (!hasEnded) {
    const seen = close.startedBy === undefined ? 'it is still open' : 'the closing handshake is under way';
    return [
      ...lines,
      { name: 'The end', seen: state === 'waiting' ? 'the handshake is under way' : seen, mark: 'open' },
    ];
  }
  if (state === 'open') {
    lines.push({
      name: 'Closing handshake',
      seen: close.report?.wasClean === true ? 'complete: both sent a Close' : 'not complete',
      mark: close.report?.wasClean === true ? 'held' : 'plain',
      section,
    });
  }
  const { tcpEnd } = close;
  if (tcpEnd)
    lines.push({ name: 'TCP ended by', seen: endText(tcpEnd), mark: 'plain', section: 'RFC 6455 §7.1.1' });
  return lines;
}

function closeText({ client, startedBy, answeredAfterMs }: CloseFacts): string {
  const code = client?.closeCode === undefined ? 'an empty one' : `code ${String(client.closeCode)}`;
  const reason = client?.closeReason ? `, “${client.closeReason}”` : '';
  const when =
    startedBy === 'client'
      ? ', sent first'
      : `, in answer to the server’s${answeredAfterMs === undefined ? '' : ` after ${milliseconds(answeredAfterMs)}`}`;
  return `${code}${reason}${when}`;
}

const endText = ({ by, how }: NonNullable<CloseFacts['tcpEnd']>): string =>
  `${by === 'link' ? 'the network' : `the ${by}`}, with ${how === 'fin' ? 'FIN' : 'RST'}`;

const counted = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
const bytes = (number: number): string => counted(number, 'byte');
const milliseconds = (time: number): string => `${time.toFixed(1)} ms`;
const named = (what: string, numbers: readonly number[]): string =>
  `${what}${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
