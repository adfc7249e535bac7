import { isRecord } from '../contract/result.ts';
import { call, SandboxUnreachable } from './lab-client.ts';

/** A fresh token for the stream at this path, good for so long, ms. Throws `SandboxRefusal` or `SandboxUnreachable`. */
export async function streamToken(stream: string, lastsMs: number): Promise<string> {
  const answer = await call('POST', `${stream}/token?lasts=${String(lastsMs)}`);
  const token = isRecord(answer) ? answer['token'] : undefined;
  if (typeof token === 'string') return token;
  throw new SandboxUnreachable(new Error('token: expected a string'));
}
