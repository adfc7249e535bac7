import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedLab } from '../../src/contract/lab.ts';
import { startSandbox, type Sandbox } from '../../sandbox-server/sandbox.ts';
import { lessonFiles } from './lesson-file.ts';

const lesson = lessonFiles().find(({ path }) => path === '/lessons/the-opening-handshake/');
const from = lesson?.body.indexOf('| You send') ?? -1;
const table = lesson?.body.slice(from, lesson.body.indexOf('</StackedTable>', from)) ?? '';
const rows = [...table.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) =>
  row.split('|').map((cell) => cell.trim()),
);

/** What the lesson's table calls a request, and how it differs from a legal one. */
const requests: [string, { startLine?: [string, string]; fields?: Record<string, string | undefined> }[]][] =
  [
    ['no `Upgrade`', [{ fields: { Upgrade: undefined } }]],
    ['version 12', [{ fields: { 'Sec-WebSocket-Version': '12' } }]],
    [
      'no key, or one of fewer than 16 bytes',
      [{ fields: { 'Sec-WebSocket-Key': undefined } }, { fields: { 'Sec-WebSocket-Key': 'AQIDBA==' } }],
    ],
    ['`POST`', [{ startLine: ['POST', 'HTTP/1.1'] }]],
    ['HTTP/1.0', [{ startLine: ['GET', 'HTTP/1.0'] }]],
    ['no `Host`', [{ fields: { Host: undefined } }]],
    ['`Sec-WebSocket-Version: 013`', [{ fields: { 'Sec-WebSocket-Version': '013' } }]],
    ['any `Origin`', [{ fields: { Origin: 'https://example.com' } }]],
  ];

describe('The table of what a server answers, in the lesson on the handshake', () => {
  let sandbox: Sandbox;
  let echo: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, logLevel: 'silent' });
    const lab = (await (await fetch(`${sandbox.origin}/labs`, { method: 'POST' })).json()) as CreatedLab;
    echo = lab.services['echo'] ?? '';
  });
  afterAll(async () => {
    await sandbox.close();
  });

  /** The head of the answer to a request that is sent as it is. */
  async function answerTo(request: (typeof requests)[number][1][number]): Promise<string> {
    const [method, version] = request.startLine ?? ['GET', 'HTTP/1.1'];
    const fields: Record<string, string | undefined> = {
      Host: new URL(sandbox.origin).host,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'AQIDBAUGBwgJCgsMDQ4PEA==',
      'Sec-WebSocket-Version': '13',
      ...request.fields,
    };
    const lines = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}`],
    );
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.write([`${method} ${echo} ${version}`, ...lines, '', ''].join('\r\n'));
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return bytes.toString('latin1');
  }

  it('has a row for each of these requests and no others', () => {
    expect(rows.slice(2).map(([first]) => first)).toEqual(requests.map(([name]) => name));
  });

  it.each(requests)('tells the truth about %s', async (name, ways) => {
    const told = rows.find(([first]) => first === name)?.[2] ?? '';
    const status = /\d{3}/.exec(told)?.[0];
    const fields = /`([\w-]+: [^`]+)`/.exec(told)?.[1] ?? '';
    for (const way of ways) {
      const answer = await answerTo(way);
      expect(answer.split(' ')[1]).toBe(status);
      expect(answer).toContain(fields);
    }
  });
});
