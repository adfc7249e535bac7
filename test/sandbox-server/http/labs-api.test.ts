import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../../src/contract/conditions.ts';
import { isApiError, type ApiError } from '../../../src/contract/api-error.ts';
import { parseKnownLab } from '../../../src/contract/lab.ts';
import { openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs } from '../../support/ws-client.ts';

const errorOf = async (response: Response): Promise<ApiError['error']> => {
  const body: unknown = await response.json();
  if (!isApiError(body)) throw new Error(`not a refusal: ${JSON.stringify(body)}`);
  return body.error;
};

describe('POST /labs', () => {
  it('makes a lab, names its place and its services', async () => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.origin}/labs`, { method: 'POST' });
    expect(response.status).toBe(201);
    const lab = parseKnownLab(await response.json());
    if (!lab.ok) throw new Error(lab.message);
    const { id } = lab.value;
    expect(response.headers.get('location')).toBe(`/labs/${id}`);
    expect(lab.value).toEqual({
      id,
      expiresInSeconds: 1800,
      conditions: perfectLink,
      services: Object.fromEntries(
        [
          'echo',
          'raw',
          'attacker',
          'feed',
          'feed/poll',
          'feed/long-poll',
          'feed/events',
          'chat',
          'chat/messages',
          'stream',
          'stream/token',
        ].map((name) => [name, `/labs/${id}/${name}`]),
      ),
      lastSeq: 0,
    });
  });

  it('gives ids of 128 bits that have nothing in common', async () => {
    const sandbox = await startSandbox();
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await openLab(sandbox)).id));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids.map((id) => id.slice(0, 4))).size).toBeGreaterThan(15);
  });

  it.each([
    [undefined, undefined],
    ['{}', 'application/json'],
    ['', 'application/json'],
    ['', 'application/x-www-form-urlencoded'],
  ])('takes a body that says nothing: %j as %s', async (body, type) => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.origin}/labs`, {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { headers: { 'Content-Type': type } }),
    });
    expect(response.status).toBe(201);
  });

  it.each([
    ['{"size":3}', 'application/json', 400, 'field-refused', 'size'],
    ['[]', 'application/json', 400, 'field-refused', 'body'],
    ['{', 'application/json', 400, 'malformed-body', undefined],
    ['{"__proto__":1}', 'application/json', 400, 'malformed-body', undefined],
    ['a=1', 'application/x-www-form-urlencoded', 415, 'media-type-refused', undefined],
  ])('refuses the body %s', async (body, type, status, code, field) => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.origin}/labs`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    });
    expect(response.status).toBe(status);
    const error = await errorOf(response);
    expect({ code: error.code, field: error.field }).toEqual({ code, field });
    expect(error.hint).not.toBe('');
  });
});

describe('GET and DELETE /labs/<id>', () => {
  it('tells what is open and what the log holds', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket, next } = await connectWs(sandbox, lab.path('echo?a=1'));
    socket.send('x');
    await next();
    const status = await lab.status();
    expect(status.connections).toEqual([
      { conn: 1, path: lab.path('echo?a=1'), openedAt: expect.any(Number) as number },
    ]);
    expect(status.log).toEqual({
      events: 5,
      bytes: expect.any(Number) as number,
      lastSeq: 5,
      droppedEvents: 0,
    });
    expect(status.log.bytes).toBeGreaterThan(300);
  });

  it('DELETE ends everything in the lab, and the lab', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const echo = await connectWs(sandbox, lab.path('echo'));
    const wire = await connectWs(sandbox, lab.path('wire'), { protocols: ['ws101.wire.v1'] });
    const raw = await connectWs(sandbox, lab.path('raw'));
    const half = await connectRaw(sandbox);
    half.send(`GET ${lab.path('echo')} HTTP/1.1\r\n`);
    await lab.logUntil((events) => events.some((event) => event.type === 'open' && event.conn === 3));
    expect((await lab.call('DELETE')).status).toBe(204);
    const gone = { code: 1001, reason: 'lab deleted' };
    expect(await Promise.all([echo.closed, wire.closed, raw.closed])).toEqual([gone, gone, gone]);
    expect(await half.ended).toBe('fin');
    expect((await lab.call('GET')).status).toBe(404);
    expect(sandbox.usage.labs).toBe(0);
    expect(sandbox.usage.logBytes).toBe(0);
  });
});

describe('PATCH /labs/<id>/conditions', () => {
  it('changes the link, answers all conditions, and the log tells', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const response = await lab.call('PATCH', 'conditions', { upgrade: 'strip' });
    expect(await response.json()).toEqual({ ...perfectLink, upgrade: 'strip' });
    expect((await lab.status()).conditions).toEqual({ ...perfectLink, upgrade: 'strip' });
    expect(await lab.log()).toMatchObject([{ seq: 1, type: 'conditions', conditions: { upgrade: 'strip' } }]);
  });

  it.each([
    [{ upgrade: 'maybe' }, 'upgrade'],
    [{ weather: 'fine' }, 'weather'],
    ['text', 'body'],
  ])('refuses %j and changes nothing', async (body, field) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const response = await lab.call('PATCH', 'conditions', body);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ code: 'field-refused', field });
    expect(await lab.log()).toEqual([]);
  });
});

describe('GET /labs/<id>/log', () => {
  it('is JSON lines, one event a line', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await connectWs(sandbox, lab.path('echo'));
    const response = await lab.call('GET', 'log');
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="ws101-\w{6}\.jsonl"$/,
    );
    const [header = '', ...lines] = (await response.text()).trimEnd().split('\n');
    expect(JSON.parse(header)).toMatchObject({ format: 'ws101.wire', version: 1 });
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'open',
      'bytes',
      'bytes',
    ]);
    const again = await (await lab.call('GET', 'log?format=jsonl')).text();
    expect(again).toBe(`${[header, ...lines].join('\n')}\n`);
  });

  it.each([
    ['pcapng', 'application/x-pcapng'],
    ['har', 'application/json; charset=utf-8'],
  ])('is given as %s too', async (format, contentType) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await connectWs(sandbox, lab.path('echo'));
    const response = await lab.call('GET', `log?format=${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('content-disposition')).toContain(`.${format}"`);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  it('refuses a format that it does not know', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const response = await lab.call('GET', 'log?format=xml');
    expect(response.status).toBe(400);
    expect((await errorOf(response)).field).toBe('format');
  });
});

describe('The API', () => {
  it.each([
    ['GET', '/labs', 'POST'],
    ['PUT', '/labs', 'POST'],
    ['POST', '/labs/ID', 'GET, HEAD, DELETE'],
    ['GET', '/labs/ID/cut', 'POST'],
    ['DELETE', '/labs/ID/conditions', 'PATCH'],
    ['POST', '/labs/ID/log', 'GET, HEAD'],
    ['POST', '/somewhere', 'GET, HEAD'],
    ['DELETE', '/healthz', 'GET, HEAD'],
  ])('answers %s %s with 405 and what it allows', async (method, path, allow) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const response = await fetch(sandbox.origin + path.replace('ID', lab.id), { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect((await errorOf(response)).code).toBe('method-not-allowed');
  });

  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['PATCH', '/conditions'],
    ['POST', '/cut'],
    ['GET', '/log'],
    ['GET', '/echo'],
    ['GET', '/nonsense'],
  ])('answers %s of an unknown lab%s with 404 and what to do', async (method, part) => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.origin}/labs/0123456789abcdef${part}`, {
      method,
      ...(method === 'PATCH' || method === 'POST'
        ? { body: '{}', headers: { 'Content-Type': 'application/json' } }
        : {}),
    });
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatchObject({
      code: 'lab-not-found',
      hint: expect.stringContaining('POST /labs') as string,
    });
  });

  it('answers 404 for a service that a lab has not, and names those that it has', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const response = await lab.call('GET', 'choir');
    expect(response.status).toBe(404);
    const { code, hint } = await errorOf(response);
    expect(code).toBe('service-not-found');
    expect(hint).toContain('echo');
    expect((await lab.log())[0]).toMatchObject({ type: 'open', path: lab.path('choir') });
  });

  it.each([
    ['POST', '/labs'],
    ['GET', '/labs/ID'],
    ['DELETE', '/labs/ID'],
    ['PATCH', '/labs/ID/conditions'],
    ['POST', '/labs/ID/cut'],
    ['GET', '/labs/ID/log'],
    ['OPTIONS', '/labs/ID/cut'],
    ['POST', '/%6cabs'],
    ['GET', '/%6cabs/ID'],
    ['POST', '/lab%73/ID/restart'],
    ['POST', '/labs#here'],
    ['DELETE', '/labs/ID#/echo'],
  ])('refuses %s %s to pages of another origin, and tells a browser nothing', async (method, path) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1']) {
      const client = await connectRaw(sandbox);
      client.send(
        `${method} ${path.replace('ID', lab.id)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\nOrigin: ${origin}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      await client.ended;
      const answer = client.received.toString();
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer).toContain('foreign-origin');
      expect(answer.toLowerCase()).not.toContain('access-control-');
    }
    expect(sandbox.usage.labs).toBe(1);
  });

  it.each(['/', '/healthz', '/labs/ID', '/labs/ID/log'])(
    'answers %s without Host with 400, in the words of the API',
    async (path) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const client = await connectRaw(sandbox);
      client.send(`GET ${path.replace('ID', lab.id)} HTTP/1.1\r\nConnection: close\r\n\r\n`);
      await client.ended;
      expect(client.received.toString()).toMatch(/^HTTP\/1\.1 400 [^]*"code":"host-missing"/);
    },
  );

  it('serves its own pages: an Origin that is the Host itself', async () => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.origin}/labs`, {
      method: 'POST',
      headers: { Origin: sandbox.origin },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets a browser use it from an origin that was allowed, and from no other', async () => {
    const origin = 'http://localhost:5173';
    const sandbox = await startSandbox({ allowOrigins: [origin] });
    const preflight = await fetch(`${sandbox.origin}/labs`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    const created = await fetch(`${sandbox.origin}/labs`, { method: 'POST', headers: { Origin: origin } });
    expect(created.status).toBe(201);
    expect(created.headers.get('access-control-allow-origin')).toBe(origin);
    expect(created.headers.get('vary')).toContain('Origin');
    const missing = await fetch(`${sandbox.origin}/labs/0`, { headers: { Origin: origin } });
    expect(missing.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await fetch(`${sandbox.origin}/labs`, {
      method: 'POST',
      headers: { Origin: 'http://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['/', '/healthz', '/labs', '/labs/ID/log', '/labs/ID/echo'])(
    'answers 421 at %s under a name that was rebound to this address',
    async (path) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const client = await connectRaw(sandbox);
      client.send(
        `GET ${path.replace('ID', lab.id)} HTTP/1.1\r\nHost: evil.example:${String(sandbox.port)}\r\nConnection: close\r\n\r\n`,
      );
      await client.ended;
      expect(client.received.toString()).toMatch(/^HTTP\/1\.1 421 [^]*wrong-host/);
    },
  );

  it('answers GET /healthz with what is going on', async () => {
    const sandbox = await startSandbox();
    await openLab(sandbox);
    const response = await fetch(`${sandbox.origin}/healthz`);
    expect(await response.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      uptimeSeconds: expect.any(Number) as number,
      labs: 1,
      connections: expect.any(Number) as number,
    });
  });

  it('never answers with a stack trace', async () => {
    const sandbox = await startSandbox();
    const client = await connectRaw(sandbox);
    client.send(`GET /%zz HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\nConnection: close\r\n\r\n`);
    await client.ended;
    const answer = client.received.toString();
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toMatch(/\bat .*\.[jt]s:\d+/);
  });
});
