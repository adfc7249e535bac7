import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { acceptKey } from '../../src/protocol/accept-key.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { rules } from '../../src/protocol/rules.ts';
import {
  brokenAnswers,
  brokenRequests,
  changed,
  headText,
  key,
  legal,
  legalAnswer,
  type RuleName,
} from './broken-handshakes.ts';
import { hex } from './hex.ts';
import { readWithWs } from './ws-internals.ts';

/** The rules of the opening handshake that ws 8 lets somebody break, by the tables of broken heads. */
const laxInHandshake: Partial<Record<RuleName, string>> = {
  httpVersion: 'RFC 6455 §4.1, §4.2.1',
  requestTarget: 'RFC 6455 §4.1, §4.2.1; RFC 9112 §3.2',
  noFragment: 'RFC 6455 §3',
  hostPresent: 'RFC 6455 §4.1, §4.2.1; RFC 9112 §3.2',
  hostOnce: 'RFC 9112 §3.2',
  hostSyntax: 'RFC 6455 §4.1; RFC 9110 §7.2',
  keyCanonical: 'RFC 6455 §4.1, erratum 3150; RFC 4648 §3.5',
  originOnce: 'RFC 6454 §7.3; RFC 6455 §4.1',
  versionThirteen: 'RFC 6455 §4.1, §4.2.1, §4.3',
  requestLineSyntax: 'RFC 9112 §3',
  noLeadingEmptyLine: 'RFC 9112 §2.2',
  answerVersion: 'RFC 6455 §4.2.2; RFC 9110 §15.2',
  statusLineSyntax: 'RFC 9112 §4',
  noBodyFields: 'RFC 9110 §8.6; RFC 9112 §6.1',
};

/** Frames that break a rule and that ws takes nevertheless, with what it makes of them. */
const laxInFrames: { rule: RuleName; section: string; title: string; bytes: string; ws: string[] }[] = [
  {
    rule: 'minimalLength',
    section: 'RFC 6455 §5.2',
    title: 'a 16-bit length for 5 bytes: the message is delivered',
    bytes: '81 7e 00 05 48 65 6c 6c 6f',
    ws: ['text 48656c6c6f'],
  },
  {
    rule: 'minimalLength',
    section: 'RFC 6455 §5.2',
    title: 'a 64-bit length for 5 bytes: the message is delivered',
    bytes: '81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f',
    ws: ['text 48656c6c6f'],
  },
  {
    rule: 'dataAfterClose',
    section: 'RFC 6455 §5.5.1',
    title: 'a message after a Close frame: passed over in silence',
    bytes: '88 00 81 02 68 69',
    ws: ['close 1005 '],
  },
];

/** Frames over which ws fails as it has to, but with another close code than the rule calls for. */
const otherCode: { rule: RuleName; title: string; bytes: string; ws: string }[] = [
  {
    rule: 'lengthTopBit',
    title: 'a 64-bit length with the top bit: ws says 1009, too big, not 1002',
    bytes: '82 7f 80 00 00 00 00 00 00 01',
    ws: 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
  },
];

/** What a server answers to a request, as its status. */
async function statusOf(port: number, text: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(chunk.toString('latin1').split(' ')[1]);
}

describe('ws as a server', () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
  let port = 0;
  beforeAll(async () => {
    if (server.address() === null) await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });

  it('answers 101 to the legal request that the broken ones are made from', async () => {
    expect(await statusOf(port, headText(legal))).toBe(101);
  });

  it.each(brokenRequests)('answers $ws where $broken is broken by $to', async ({ line, to, ws }) => {
    expect(await statusOf(port, headText(changed(legal, line, to)))).toBe(ws);
  });
});

/** Whether ws's client opens on an answer, in which the accept value is that of the client's own key. */
async function clientOpens(answer: readonly string[]): Promise<'opens' | 'fails'> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (request) => {
      const theirs = /^Sec-WebSocket-Key: (.*)\r$/im.exec(request.toString('latin1'))?.[1] ?? '';
      const text = headText(answer).replaceAll(acceptKey(key), acceptKey(theirs));
      socket.write(text.replaceAll('\n', '\r\n'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  try {
    return await new Promise((resolve) => {
      client.on('open', () => {
        resolve('opens');
      });
      client.on('error', () => {
        resolve('fails');
      });
    });
  } finally {
    client.terminate();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

describe('ws as a client', () => {
  it('opens on the legal answer that the broken ones are made from', async () => {
    expect(await clientOpens(legalAnswer)).toBe('opens');
  });

  it.each(brokenAnswers)('$ws where $broken is broken by $to', async ({ line, to, ws }) => {
    expect(await clientOpens(changed(legalAnswer, line, to))).toBe(ws);
  });
});

describe('the list of rules of the handshake that ws does not hold', () => {
  it('is complete by the tables of broken heads, and names the section of each', () => {
    const lax = [...brokenRequests, ...brokenAnswers].filter(({ ws }) => ws === 101 || ws === 'opens');
    const sections = lax.map(({ broken }) => [broken, rules[broken].section]);
    expect(Object.fromEntries(sections)).toEqual(laxInHandshake);
  });
});

const brokenBy = (bytes: string): string[] => {
  const decoder = new FrameDecoder({ from: 'server' });
  const frames = decoder.push(hex(bytes));
  return [...frames, ...(decoder.pending ? [decoder.pending] : [])].flatMap(({ violations }) =>
    violations.map(({ rule }) => rule.id),
  );
};

describe('ws as a reader of frames', () => {
  it.each(laxInFrames)('lets pass what $section forbids: $title', async ({ rule, section, bytes, ws }) => {
    expect(rules[rule].section).toBe(section);
    expect(brokenBy(bytes)).toEqual([rules[rule].id]);
    expect(await readWithWs([hex(bytes)], 'server')).toEqual({ events: ws, failed: undefined });
  });

  it.each(otherCode)('fails for another reason: $title', async ({ rule, bytes, ws }) => {
    expect(brokenBy(bytes)).toEqual([rules[rule].id]);
    expect(rules[rule]).toMatchObject({ closeCode: 1002 });
    expect(await readWithWs([hex(bytes)], 'server')).toMatchObject({ failed: ws });
  });
});

describe('where ws is stricter than the standard', () => {
  it('its client fails on an answer without a subprotocol, as WHATWG asks of browsers and RFC 6455 does not', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => false });
    await once(server, 'listening');
    const client = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, [
      'chat',
    ]);
    const [error] = (await once(client, 'error')) as [Error];
    expect(error.message).toBe('Server sent no subprotocol');
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
});
