import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer, type PerMessageDeflateOptions } from 'ws';
import { ClosingHandshake } from '../../src/protocol/closing-handshake.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { describeFrame } from '../../src/protocol/describe-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { judgeRequest, judgeResponse } from '../../src/protocol/opening-handshake.ts';
import { fieldValues, HttpHeadReader } from '../../src/protocol/read-head.ts';
import type { Side } from '../../src/protocol/side.ts';
import { concat } from './hex.ts';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** An echo of ws behind a TCP relay that keeps every byte. */
async function startTappedEcho(perMessageDeflate: boolean | PerMessageDeflateOptions) {
  const recorded: Record<Side, Uint8Array[]> = { client: [], server: [] };
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  server.on('connection', (socket) => {
    socket.on('message', (message, isBinary) => {
      socket.send(message, { binary: isBinary });
    });
  });
  await once(server, 'listening');
  const tap = createServer((downstream) => {
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1');
    downstream.on('data', (bytes) => recorded.client.push(Uint8Array.from(bytes)));
    upstream.on('data', (bytes) => recorded.server.push(Uint8Array.from(bytes)));
    downstream.pipe(upstream).pipe(downstream);
  });
  tap.listen(0, '127.0.0.1');
  await once(tap, 'listening');
  cleanUps.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
    tap.close();
  });
  return { url: `ws://127.0.0.1:${String((tap.address() as AddressInfo).port)}/echo`, recorded };
}

/** Reads all that crossed the wire, as a page does. */
function readConnection(recorded: Record<Side, Uint8Array[]>) {
  const requestReader = new HttpHeadReader('request');
  const responseReader = new HttpHeadReader('response');
  const request = requestReader.push(concat(...recorded.client));
  const response = responseReader.push(concat(...recorded.server));
  if (!request || !response) throw new Error('the heads are whole');
  const { extensions } = parseExtensions(fieldValues(response, 'Sec-WebSocket-Extensions'));
  const read = (from: Side, bytes: Uint8Array) => {
    const assembler = new MessageAssembler({ from, extensions });
    const frames = new FrameDecoder({ from, extensions }).push(bytes);
    return { frames, messages: frames.flatMap((frame) => assembler.push(frame)) };
  };
  return {
    broken: [...judgeRequest(request), ...judgeResponse(response, request)].filter(({ ok }) => !ok),
    extensions,
    client: read('client', requestReader.rest),
    server: read('server', responseReader.rest),
  };
}

const json = JSON.stringify({ type: 'message', body: 'hello '.repeat(60) });
const sent = [json, json, 'ß€😀', '', 'x'.repeat(70_000), json];

describe('a whole connection of ws’s client with ws’s server', () => {
  it.each<[title: string, options: boolean | PerMessageDeflateOptions, extension: string | undefined]>([
    ['without compression', false, undefined],
    ['compressed', { threshold: 0 }, 'permessage-deflate'],
    [
      'compressed without context takeover',
      { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true },
      'permessage-deflate',
    ],
    [
      'compressed in small windows',
      { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 10 },
      'permessage-deflate',
    ],
  ])('is read from the wire as both saw it: %s', async (_, options, extension) => {
    const { url, recorded } = await startTappedEcho(options);
    const client = new WebSocket(url, { perMessageDeflate: options === false ? false : { threshold: 0 } });
    await once(client, 'open');
    const echoed: string[] = [];
    client.on('message', (message: Buffer) => echoed.push(message.toString()));
    for (const text of sent) client.send(text);
    client.ping('still there?');
    await once(client, 'pong');
    client.send(Uint8Array.of(1, 2, 255));
    await expect.poll(() => echoed.length).toBe(sent.length + 1);
    client.close(1000, 'bye');
    await once(client, 'close');

    const { broken, extensions, ...sides } = readConnection(recorded);
    expect(broken).toEqual([]);
    expect(extensions[0]?.name).toBe(extension);
    for (const { frames, messages } of [sides.client, sides.server]) {
      expect(frames.flatMap(({ violations }) => violations)).toEqual([]);
      expect(messages.flatMap(({ violations }) => violations)).toEqual([]);
      expect(messages.filter(({ kind }) => kind === 'text').map(({ text }) => text)).toEqual(sent);
      expect(messages.find(({ kind }) => kind === 'binary')?.payload).toEqual(Uint8Array.of(1, 2, 255));
    }
    const lines = sides.client.frames.map(describeFrame);
    expect(lines).toContain("PING 'still there?' [12 bytes]");
    expect(lines.at(-1)).toBe("CLOSE 1000 (normal closure) 'bye' [5 bytes]");
    expect(sides.server.frames.map(describeFrame)).toContain("PONG 'still there?' [12 bytes]");

    const closing = new ClosingHandshake();
    for (const frame of sides.client.frames) closing.readFrame('client', frame);
    for (const frame of sides.server.frames) closing.readFrame('server', frame);
    closing.readEnd({ by: 'server', how: 'fin' });
    expect(closing.startedBy).toBe('client');
    expect(closing.reportOf('client')).toEqual({ closeCode: 1000, closeReason: 'bye', wasClean: true });
  });
});
