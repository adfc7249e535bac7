import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { messageOfFrame } from '../../src/derive/message-of-frame.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { parseWireLines } from '../../src/contract/wire-event.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { openLab } from '../support/open-lab.ts';
import { connectWs } from '../support/ws-client.ts';
import { hex, WrittenLog } from './written-log.ts';

describe('messageOfFrame', () => {
  it('puts the fragments of a message together, and passes over control frames', () => {
    const [connection] = readLog(
      new WrittenLog()
        .upgraded(1)
        .bytes(1, 'server', hex('01 02 4865'))
        .bytes(1, 'server', hex('89 00'))
        .bytes(1, 'server', hex('80 03 6c6c6f')).events,
    ).connections;
    if (!connection) throw new Error('the log holds no connection');
    const [first, ping, last] = connection.frames;
    if (!first || !ping || !last) throw new Error('three frames expected');
    expect(messageOfFrame(connection, last)).toMatchObject({ number: 2, message: { text: 'Hello' } });
    expect(messageOfFrame(connection, first)).toMatchObject({ number: 1, message: { text: 'Hello' } });
    expect(messageOfFrame(connection, ping)).toBeUndefined();
  });

  it('says of a message that is not finished that it is not', () => {
    const [connection] = readLog(
      new WrittenLog().upgraded(1).bytes(1, 'server', hex('01 02 4865')).events,
    ).connections;
    const [frame] = connection?.frames ?? [];
    if (!connection || !frame) throw new Error('one frame expected');
    expect(messageOfFrame(connection, frame)?.message).toMatchObject({ text: 'He', missing: 'unfinished' });
  });

  it('inflates what ws has compressed, also where it leans on the messages before', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, `${lab.path('echo')}?deflate=1`, {
      perMessageDeflate: { threshold: 0 },
    });
    expect(client.socket.extensions).toContain('permessage-deflate');
    const text = JSON.stringify({ type: 'chat', text: 'the same words again and again' });
    for (let count = 0; count < 3; count++) {
      client.socket.send(text);
      expect(await client.next()).toBe(text);
    }
    const answer = await fetch(`${sandbox.origin}${lab.path('log')}`);
    const parsed = parseWireLines(await answer.text());
    if (!parsed.ok) throw new Error(parsed.message);
    const [connection] = readLog(parsed.value).connections;
    if (!connection) throw new Error('the log holds no connection');
    const sizes: number[] = [];
    for (const timed of connection.frames.filter(({ from }) => from === 'client')) {
      const whole = messageOfFrame(connection, timed);
      expect(whole?.message).toMatchObject({ text, isCompressed: true, missing: undefined });
      sizes.push(timed.frame.payloadLength);
    }
    expect(sizes).toHaveLength(3);
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });
});
