import { describe, expect, it } from 'vitest';
import { judgeConnection, judgeStream, type Comparison } from '../../../src/derive/stream-verdict.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { sendPlan } from '../../../src/derive/send-plan.ts';
import { presetGroups, presetOf } from '../../../src/widgets/frame-builder/frame-presets.ts';
import { openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { toHex } from '../../protocol/hex.ts';

const newKey = (): Uint8Array => crypto.getRandomValues(new Uint8Array(4));
const framesOf = (id: string): Uint8Array[] => presetOf(id)?.frames(newKey) ?? [];

/** What our decoder says of each preset (rule and close code), and what ws does when it comes from a client. */
const presets: [
  id: string,
  broken: string[],
  closeCode: number | undefined,
  ws: string,
  compared: Comparison,
][] = [
  ['rfc-masked-text', [], undefined, 'answered', 'agree'],
  ['rfc-unmasked-text', ['client-masks'], 1002, 'closed 1002', 'agree'],
  ['rfc-fragmented-text', ['client-masks', 'client-masks'], 1002, 'closed 1002', 'agree'],
  ['rfc-ping', ['client-masks'], 1002, 'closed 1002', 'agree'],
  ['rfc-masked-pong', [], undefined, 'silent', 'open'],
  ['rfc-binary-256', ['client-masks'], 1002, 'closed 1002', 'agree'],
  ['rfc-binary-64k', ['client-masks'], 1002, 'closed 1002', 'agree'],
  ['ping-between-fragments', [], undefined, 'answered', 'agree'],
  ['parted-character', [], undefined, 'answered', 'agree'],
  ['empty-text', [], undefined, 'answered', 'agree'],
  ['close-1000', [], undefined, 'closed 1000', 'agree'],
  ['reserved-opcode', ['reserved-opcode'], 1002, 'closed 1002', 'agree'],
  ['reserved-bit', ['reserved-bits'], 1002, 'closed 1002', 'agree'],
  ['unmasked-client', ['client-masks'], 1002, 'closed 1002', 'agree'],
  ['fragmented-ping', ['control-not-fragmented'], 1002, 'closed 1002', 'agree'],
  ['long-ping', ['control-too-long'], 1002, 'closed 1002', 'agree'],
  ['length-16-for-5', ['minimal-length'], 1002, 'answered', 'laxer'],
  ['length-64-for-5', ['minimal-length'], 1002, 'answered', 'laxer'],
  ['length-top-bit', ['length-top-bit'], 1002, 'closed 1009', 'other code'],
  ['lone-continuation', ['lone-continuation'], 1002, 'closed 1002', 'agree'],
  ['interrupted-message', ['interrupted-message'], 1002, 'closed 1002', 'agree'],
  ['bad-utf8', ['text-utf8'], 1007, 'closed 1007', 'agree'],
  ['close-1-byte', ['close-body'], 1002, 'closed 1002', 'agree'],
  ['close-1005', ['close-code'], 1002, 'closed 1002', 'agree'],
  ['close-long-reason', ['control-too-long'], 1002, 'closed 1002', 'agree'],
];

it('every preset is in the table', () => {
  const ids = presetGroups.flatMap((group) => group.presets.map(({ id }) => id));
  expect(presets.map(([id]) => id)).toEqual(ids);
});

it('the examples are the bytes that RFC 6455 §5.7 prints', () => {
  expect(framesOf('rfc-masked-text').map(toHex)).toEqual(['81 85 37 fa 21 3d 7f 9f 4d 51 58']);
  expect(framesOf('rfc-unmasked-text').map(toHex)).toEqual(['81 05 48 65 6c 6c 6f']);
  expect(framesOf('rfc-fragmented-text').map(toHex)).toEqual(['01 03 48 65 6c', '80 02 6c 6f']);
  expect(framesOf('rfc-ping').map(toHex)).toEqual(['89 05 48 65 6c 6c 6f']);
  expect(framesOf('rfc-masked-pong').map(toHex)).toEqual(['8a 85 37 fa 21 3d 7f 9f 4d 51 58']);
  expect(framesOf('rfc-binary-256').map((bytes) => toHex(bytes.subarray(0, 4)))).toEqual(['82 7e 01 00']);
  expect(framesOf('rfc-binary-64k').map((bytes) => toHex(bytes.subarray(0, 10)))).toEqual([
    '82 7f 00 00 00 00 00 01 00 00',
  ]);
});

describe.each(presets)('the preset %s', (id, broken, closeCode, ws, compared) => {
  it(`breaks ${broken.length === 0 ? 'no rule' : `${broken.join(', ')}, which calls for ${String(closeCode)}`}`, () => {
    const [all = new Uint8Array(0)] = sendPlan(framesOf(id), { kind: 'together' });
    const verdict = judgeStream(all, 'client');
    expect(verdict.broken.map(({ rule }) => rule.id)).toEqual(broken);
    expect(verdict.broken[0]?.rule.closeCode).toBe(closeCode);
  });

  it(`sent for real is met with “${ws}”, compared: ${compared}`, async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('\r\n\r\n');
    for (const bytes of sendPlan(framesOf(id), { kind: 'together' })) client.send(bytes);
    // A legal ping behind it is answered by a server that goes on; one that fails the connection says so first.
    if (ws === 'silent') client.send(Uint8Array.of(0x89, 0x80, 0, 0, 0, 0));
    const isDecided = (judged: ReturnType<typeof judgeConnection>): boolean =>
      ws.startsWith('closed') ? judged.server.kind === 'closed' : judged.server.kind === 'answered';
    const events = await lab.logUntil((log) => {
      const [connection] = readLog(log).connections;
      return connection !== undefined && isDecided(judgeConnection(connection));
    });
    const [connection] = readLog(events).connections;
    const judged = connection && judgeConnection(connection);
    if (ws === 'silent') {
      // Nothing but the pong for the ping behind it.
      expect(
        connection?.frames.filter(({ from }) => from === 'server').map(({ frame }) => frame.opcode),
      ).toEqual([0xa]);
      return;
    }
    const { server } = judged ?? {};
    expect(server?.kind === 'closed' ? `closed ${String(server.closeCode)}` : server?.kind).toBe(ws);
    expect(judged?.compared).toBe(compared);
  });
});
