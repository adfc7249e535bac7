import { onTestFinished, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { blankSocket } from '../../../lessons/challenges/blank-socket/blank-socket.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { parseKnownLab } from '../../../src/contract/lab.ts';
import type { RawBridge, RawBridgeListener } from '../../../src/lab/raw-bridge.ts';
import { TerminalSession } from '../../../src/widgets/terminal/terminal-session.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A terminal without a screen, on a lab of a real sandbox. */
async function openSession(): Promise<{
  lab: TestLab;
  host: string;
  lines: string[];
  prompts: string[];
  /** Enters a line, and waits for a line that holds these words. */
  enter: (line: string, until: string) => Promise<void>;
  session: TerminalSession;
}> {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const known = parseKnownLab(await (await lab.call('GET')).json());
  if (!known.ok) throw new Error(known.message);
  const { host } = new URL(sandbox.origin);
  const lines: string[] = [];
  const prompts: string[] = [];
  const session = new TerminalSession({
    print: (kind, text) => lines.push(`${kind}: ${text}`),
    clear: () => lines.splice(0),
    prompt: (prompt) => prompts.push(prompt),
    lab: () => known.value,
    host: () => host,
    openBridge: (path, listener) => bridgeOf(`ws://${host}${path}`, listener),
    cut: async (how) => {
      await lab.call('POST', 'cut', { how });
    },
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });
  onTestFinished(() => {
    session.dispose();
  });
  const enter = async (line: string, until: string): Promise<void> => {
    const from = lines.length;
    session.enter(line);
    await waitFor(`“${until}” after ${line}`, () =>
      lines.slice(from).some((text) => text.includes(until)) ? true : undefined,
    );
  };
  return { lab, host, lines, prompts, enter, session };
}

/** What src/lab/raw-bridge.ts is in a browser. */
function bridgeOf(address: string, listener: RawBridgeListener): RawBridge {
  const socket = new WebSocket(address);
  socket.on('open', () => {
    listener.opened();
  });
  socket.on('message', (data: Buffer) => {
    listener.received(new Uint8Array(data));
  });
  socket.on('error', () => undefined);
  socket.on('close', (_, reason) => {
    listener.ended(reason.toString());
  });
  return {
    send: (bytes) => {
      socket.send(bytes);
    },
    close: () => {
      socket.close(1000);
    },
  };
}

describe('TerminalSession', () => {
  it('speaks WebSocket by commands, and shows both sides', async () => {
    const { enter, lines } = await openSession();
    await enter('connect --protocol chat', 'The handshake is done');
    expect(lines).toContain('received: HTTP/1.1 101 Switching Protocols');
    await enter('send hello', "received: TEXT 'hello' [5 bytes]");
    await enter('binary 01 02', 'received: BINARY 01 02 [2 bytes]');
    await enter('ping x', "received: PONG 'x' [1 byte]");
    await enter('close 1000 bye', "received: CLOSE 1000 (normal closure) 'bye'");
    await waitFor('the end', () =>
      lines.some((line) => line.includes('The connection has ended')) ? true : undefined,
    );
  });

  it('shows the bytes of frames on demand', async () => {
    const { enter, lines } = await openSession();
    await enter('connect', 'The handshake is done');
    await enter('hex on', 'with their bytes');
    await enter('frame 81 85 37fa213d 7f9f4d5158', 'received: TEXT');
    await waitFor('the bytes', () =>
      lines.includes('note:   0000  81 05 48 65 6c 6c 6f') ? true : undefined,
    );
    expect(lines).toContain('note:   0000  81 85 37 fa 21 3d 7f 9f 4d 51 58');
  });

  it('says what cannot be done now, and goes on', async () => {
    const { session, lines, enter } = await openSession();
    session.enter('send too early');
    session.enter('frame zz');
    session.interrupt();
    expect(lines).toEqual([
      'error: Nothing is connected: connect first.',
      expect.stringContaining('not a hex digit'),
      'note: Nothing is connected.',
    ]);
    await enter('connect /healthz', 'No 101');
    await enter('send x', 'The handshake is not done yet');
    await enter('connect', 'The handshake is done');
    await enter('cut rst', 'The connection has ended: rst');
  });

  it('hangs up at Ctrl-C', async () => {
    const { session, enter, lines, lab } = await openSession();
    await enter('connect', 'The handshake is done');
    session.interrupt();
    expect(lines.at(-1)).toContain('You hung up');
    const events = await lab.logUntil((all) => all.some(({ type }) => type === 'end'));
    expect(events.at(-1)?.type).toBe('end');
  });
});

describe('The ladder from a blank socket', () => {
  it('is climbed by hand, from bare TCP to a closed connection, each step judged from the wire', async () => {
    const { enter, prompts, lab, host, lines } = await openSession();
    const passed = async (): Promise<string[]> => {
      const { connections } = readLog(await lab.log());
      return blankSocket.filter((step) => step.judge(connections).passed).map(({ id }) => id);
    };
    expect(await passed()).toEqual([]);
    await enter('raw', 'TCP is open');
    for (const line of [
      `GET ${lab.path('echo?heartbeat=1000')} HTTP/1.1`,
      `Host: ${host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==',
      'Sec-WebSocket-Version: 13',
    ]) {
      await enter(line, `${line.slice(0, 20)}`);
      // Each line its own piece, as a hand types: the next is entered when this one has crossed the wire.
      await lab.log();
    }
    await enter('', 'The handshake is done');
    expect(prompts).toEqual(['raw>', 'frame>']);
    await waitFor('a ping', () =>
      lines.some((line) => line.startsWith('received: PING')) ? true : undefined,
    );
    await enter('8a 80 00000000', 'sent: PONG');
    await enter('81 85 00000000 48656c6c6f', "received: TEXT 'Hello'");
    await enter('01 83 00000000 48656c', 'more follows');
    await enter('80 82 00000000 6c6f', "received: TEXT 'Hello'");
    await enter('88 82 00000000 03e8', 'The connection has ended');
    expect(await passed()).toEqual(blankSocket.map(({ id }) => id));
  });

  it('sends a bare LF where it is asked to, which this server refuses', async () => {
    const { enter, lab, lines } = await openSession();
    await enter('raw lf', 'TCP is open');
    await enter(`GET ${lab.path('echo')} HTTP/1.1`, 'received: HTTP/1.1 400 Bad Request');
    expect(lines).toContain(`sent: GET ${lab.path('echo')} HTTP/1.1\\n`);
  });

  it('names the byte at fault', async () => {
    const { enter, lab } = await openSession();
    await enter('connect', 'The handshake is done');
    await enter('frame 81 05 48656c6c6f', 'The connection has ended');
    const { connections } = readLog(await lab.log());
    const [handshake, text] = blankSocket.map((step) => step.judge(connections));
    expect(handshake?.missing).toContainEqual(expect.stringContaining('in one piece'));
    expect(text?.missing).toContainEqual(
      expect.stringMatching(/^Frame 1, byte 1 \(0x05\): A client masks every frame\./),
    );
  });
});
