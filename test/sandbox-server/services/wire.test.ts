import { describe, expect, it } from 'vitest';
import { openLab } from '../../support/open-lab.ts';
import { hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs, refusedUpgrade } from '../../support/ws-client.ts';

const protocols = ['ws101.wire.v1'];

const codeOf = ({ body }: { body: string }): string =>
  (JSON.parse(body) as { error: { code: string } }).error.code;

describe('WS /labs/<id>/wire', () => {
  it.each(['-1', 'x', '1.5', '', '1', '99999999999999999999'])(
    'refuses since=%s of an empty log: nonsense, or from the future',
    async (since) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const refusal = await refusedUpgrade(sandbox, lab.path(`wire?since=${since}`), { protocols });
      expect(refusal.status).toBe(400);
      expect(JSON.parse(refusal.body)).toMatchObject({ error: { code: 'field-refused', field: 'since' } });
    },
  );

  it.each([[[]], [['chat']], [['ws101.wire.v2']]])('refuses the subprotocols %j', async (offered) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path('wire'), { protocols: offered });
    expect(refusal.status).toBe(400);
    expect(codeOf(refusal)).toBe('subprotocol-required');
  });

  it('refuses pages of another origin, and lets in its own and no page at all', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const origin of ['http://evil.example', 'null', 'http://localhost:1']) {
      const refusal = await refusedUpgrade(sandbox, lab.path('wire'), { protocols, origin });
      expect(refusal.status).toBe(403);
      expect(codeOf(refusal)).toBe('foreign-origin');
    }
    await connectWs(sandbox, lab.path('wire'), { protocols, origin: sandbox.origin });
    await connectWs(sandbox, lab.path('wire'), { protocols });
  });

  it('lets in pages of an origin that was allowed', async () => {
    const sandbox = await startSandbox({ allowOrigins: ['http://localhost:5173'] });
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('wire'), {
      protocols,
      origin: 'http://localhost:5173',
    });
    expect(socket.protocol).toBe('ws101.wire.v1');
  });

  it('cannot be followed through a raw bridge: each event would make the next', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const other = await openLab(sandbox);
    for (const { path } of [lab, other]) {
      const bridge = await connectWs(sandbox, lab.path('raw'));
      bridge.socket.send(
        openingRequest(path('wire'), hostOf(sandbox), { 'Sec-WebSocket-Protocol': 'ws101.wire.v1' }),
      );
      const answer = await bridge.next();
      expect(answer).toContain('HTTP/1.1 403 Forbidden');
      expect(answer).toContain('recorded-follower');
    }
  });

  it('answers 404 for a lab that is not there', async () => {
    const sandbox = await startSandbox();
    const refusal = await refusedUpgrade(sandbox, '/labs/0123/wire', { protocols });
    expect(refusal.status).toBe(404);
    expect(codeOf(refusal)).toBe('lab-not-found');
  });
});
