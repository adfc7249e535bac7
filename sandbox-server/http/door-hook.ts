import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { admit, type Door, type DoorKeeper } from '../doors.ts';
import type { SandboxError } from '../errors.ts';
import { parseLabTarget } from '../lab/lab-target.ts';
import { splitTarget } from '../link/request-target.ts';
import { refuse } from '../refusals.ts';
import type { Service } from '../services/service.ts';

/** Whether a request may come in by a door; if not, why. */
export type Knock = (request: IncomingMessage, target: string, door: Door) => SandboxError | undefined;

/** Makes a knock of what a request shows; one that shows too much is refused before it is looked at. */
export function createKnock(keeper: DoorKeeper, maxHeaders: number): Knock {
  return ({ rawHeaders, headers }, target, door) => {
    if (rawHeaders.length / 2 > maxHeaders) return refuse.headTooLarge();
    // Node keeps the first of several Host fields: the raw ones tell that there were more.
    const hosts = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
    const { authority } = splitTarget(target);
    return admit({ hosts, authority, origin: headers.origin }, door, keeper);
  };
}

const isApi = (url: string): boolean => /^\/labs(?:[/?]|$)/.test(url);

/** Puts a door before every request, and tells browsers which other origins may use the API. */
export function guardDoors(
  app: FastifyInstance,
  knock: Knock,
  keeper: DoorKeeper,
  services: ReadonlyMap<string, Service>,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = knock(request.raw, request.originalUrl, doorOf(request.url, services));
    if (refusal) {
      done(refusal);
      return;
    }
    if (isApi(request.url) && keeper.allowedOrigins.size > 0)
      allowOrigin(reply, request.headers.origin, keeper);
    if (isApi(request.url) && request.method === 'OPTIONS') void reply.code(204).send();
    else done();
  });
}

/** The API is for the sandbox's own pages; a service says itself, and the site is there to be read. */
function doorOf(url: string, services: ReadonlyMap<string, Service>): Door {
  const target = parseLabTarget(url);
  const service = target && services.get(target.part);
  if (service) return service.door;
  return isApi(url) ? 'own pages' : 'readers';
}

/** Tells a browser that pages of an allowed origin may read the answer (Fetch §3.3). */
function allowOrigin(reply: FastifyReply, origin: string | undefined, { allowedOrigins }: DoorKeeper): void {
  void reply.header('Vary', 'Origin');
  if (origin === undefined || !allowedOrigins.has(origin)) return;
  void reply.headers({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Content-Type, If-None-Match, Last-Event-ID',
    'Access-Control-Expose-Headers': 'ETag, Location, Retry-After',
    'Access-Control-Max-Age': '600',
  });
}
