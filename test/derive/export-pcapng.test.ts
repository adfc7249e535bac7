import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../../src/contract/wire-event.ts';
import { capturedPackets, maxSegmentBytes } from '../../src/derive/captured-packets.ts';
import { exportPcapng } from '../../src/derive/export-pcapng.ts';
import { readLog, type WireLogView } from '../../src/derive/log-reader.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { temporaryFolder } from '../tooling/temporary-folder.ts';
import { connectWs } from '../support/ws-client.ts';
import { hex, sampleRequest, WrittenLog } from './written-log.ts';

const only = (log: WrittenLog) => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return connection;
};

describe('capturedPackets', () => {
  it('carry every byte once, in order, with sequence numbers that leave no hole', () => {
    const chunk = fc.record({
      from: fc.constantFrom<Side>('client', 'server'),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4000 }),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 12 }), (chunks) => {
        const log = new WrittenLog().open(1);
        for (const { from, bytes } of chunks) log.bytes(1, from, bytes);
        const connection = only(log.end(1, 'client').end(1, 'server'));
        const packets = capturedPackets(connection);
        for (const side of ['client', 'server'] as const) {
          const mine = packets.filter(({ from }) => from === side);
          let next = 0;
          for (const { sequence, payload, flags } of mine) {
            expect(sequence).toBe(next);
            expect(payload.length).toBeLessThanOrEqual(maxSegmentBytes);
            next += payload.length + (flags.syn === true || flags.fin === true ? 1 : 0);
          }
          expect(Buffer.concat(mine.map(({ payload }) => payload))).toEqual(
            Buffer.concat(connection[side].chunks.map(({ bytes }) => bytes)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leave out what the link still holds of the server’s bytes, and what is behind it', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', hex('01'), null)
      .bytes(1, 'server', hex('02'));
    const sent = capturedPackets(only(log)).filter(
      ({ from, payload }) => from === 'server' && payload.length > 0,
    );
    expect(sent).toEqual([]);
  });

  it('end with the server’s FIN behind its last bytes, however long the link took to bring those', () => {
    const close = hex('8800');
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', close, null).end(1, 'server').left(1, 4);
    const packets = capturedPackets(only(log.end(1, 'client')));
    expect(packets.slice(-3)).toMatchObject([
      { from: 'server', payload: close },
      { from: 'server', flags: { fin: true } },
      { from: 'client', flags: { fin: true } },
    ]);
    expect(packets.at(-2)?.sequence).toBe((packets.at(-3)?.sequence ?? 0) + close.length);
  });

  it('show the link’s RST as the server’s, and nothing after it', () => {
    const log = new WrittenLog().upgraded(1).end(1, 'link', 'rst').bytes(1, 'server', hex('8100'));
    const last = capturedPackets(only(log)).at(-1);
    expect(last).toMatchObject({ from: 'server', flags: { rst: true } });
  });
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

/** What tshark says of a log: the given fields of each packet, and how many warnings its experts had. */
async function readWithTshark(
  view: WireLogView,
  fields: readonly string[],
): Promise<{ rows: string[][]; warnings: string[] }> {
  const file = join(await temporaryFolder(), 'log.pcapng');
  writeFileSync(file, exportPcapng(view, Date.UTC(2026, 0, 1)));
  const tshark = (args: readonly string[]): string[][] =>
    execFileSync(
      'tshark',
      ['-r', file, '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', ...args],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  const warnings = tshark([
    '-Y',
    '_ws.malformed or tcp.analysis.flags or tcp.checksum.status == 0 or ip.checksum.status == 0',
    '-T',
    'fields',
    '-e',
    'frame.number',
    '-e',
    '_ws.expert.message',
  ]);
  const rows = tshark([
    '-Y',
    'websocket',
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    ...fields.flatMap((field) => ['-e', field]),
  ]);
  return { rows, warnings: warnings.map((row) => row.join(' ')) };
}

describe.skipIf(!hasTshark)('exportPcapng, read by tshark', () => {
  it(
    'is WebSocket: as many frames each way as we see, nothing malformed, nothing out of order',
    { timeout: 120_000 },
    async () => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      for (const query of ['', '?deflate=1']) {
        const client = await connectWs(sandbox, lab.path(`echo${query}`), {
          perMessageDeflate: query !== '',
        });
        for (const message of ['hello', 'κόσμε', 'x'.repeat(300), 'y'.repeat(70_000)]) {
          client.socket.send(message);
          expect(await client.next()).toBe(message);
        }
        client.socket.ping('are you there');
        client.socket.send(Buffer.from([1, 2, 3]));
        await client.next();
        client.socket.close(1000, 'bye');
        await client.closed;
      }
      const ended = await lab.logUntil((events) => events.filter(({ type }) => type === 'end').length >= 2);
      const view = readLog(ended);
      const { rows, warnings } = await readWithTshark(view, ['tcp.dstport', 'websocket.opcode']);
      expect(warnings).toEqual([]);
      for (const side of ['client', 'server'] as const) {
        const theirs = rows
          .filter(([port]) => (port === '80') === (side === 'client'))
          .flatMap(([, opcodes = '']) => opcodes.split(','));
        const ours = view.connections.flatMap(({ frames }) =>
          frames.filter(({ from }) => from === side).map(({ frame }) => String(frame.opcode)),
        );
        expect(theirs.toSorted()).toEqual(ours.toSorted());
      }
    },
  );
});
