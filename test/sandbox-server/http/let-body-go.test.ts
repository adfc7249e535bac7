import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { letBodyGo } from '../../../sandbox-server/http/let-body-go.ts';

const mebibyte = Buffer.alloc(1024 * 1024);

/** A request whose body comes as the test writes it. */
const request = (): PassThrough & { complete: boolean } =>
  Object.assign(new PassThrough({ highWaterMark: 64 * mebibyte.length }), { complete: false });

/** A promise of the end, and whether it has come. */
function endOf(body: ReturnType<typeof request>) {
  const end = { hasCome: false, comes: Promise.resolve() };
  end.comes = new Promise((resolve) => {
    letBodyGo(body, () => {
      end.hasCome = true;
      resolve();
    });
  });
  return end;
}

describe('letBodyGo', () => {
  it('waits until the body is over, and keeps nothing of it', async () => {
    const body = request();
    const end = endOf(body);
    body.write(mebibyte);
    await new Promise(setImmediate);
    expect([end.hasCome, body.readableLength]).toEqual([false, 0]);
    body.end('the last of it');
    await end.comes;
  });

  it('waits no longer for one who has gone, nor for a body that has come', async () => {
    const body = request();
    const end = endOf(body);
    body.destroy();
    await end.comes;
    expect(endOf(Object.assign(request(), { complete: true })).hasCome).toBe(true);
  });

  it('takes so much, and then waits no longer', async () => {
    const body = request();
    const end = endOf(body);
    for (let sent = 0; sent < 33; sent++) body.write(mebibyte);
    await end.comes;
    expect(body.listenerCount('data')).toBe(0);
  });
});
