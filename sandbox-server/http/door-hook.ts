import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admit, type Door, type DoorKeeper } from '../doors.ts';
import type { SandboxError } from '../errors.ts';
import { parseLabTarget } from '../lab/lab-target.ts';
import { splitTarget } from '../link/request-target.ts';
import { refuse } from '../refusals.ts';
import type { Service } from '../services/service.ts';
import { servicesRoute } from './without-upgrade.ts';

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

/**
 * By the path as it is written, and by what the router made of it, which decodes escapes: `/%6cabs` is the API as well as
 * `/labs` is.
 */
const isApi = ({ url, routeOptions }: FastifyRequest): boolean =>
  /^\/labs(?:[/?]|$)/.test(url) || routeOptions.url?.startsWith('/labs') === true;

/** Puts a door before every request, and tells browsers which other origins may use the API. */
export function guardDoors(
  app: FastifyInstance,
  knock: Knock,
  keeper: DoorKeeper,
  services: ReadonlyMap<string, Service>,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = knock(request.raw, request.originalUrl, doorOf(request, services));
    if (refusal) {
      done(refusal);
      return;
    }
    const forApi = isApi(request);
    if (forApi && keeper.allowedOrigins.size > 0) allowOrigin(reply, request.headers.origin, keeper);
    if (forApi && request.method === 'OPTIONS') void reply.code(204).send();
    else done();
  });
}

/** The API is for the sandbox's own pages; a service says itself, and the site is there to be read. */
function doorOf(request: FastifyRequest, services: ReadonlyMap<string, Service>): Door {
  if (!isApi(request)) return 'readers';
  // Only where the router, too, takes the path for a service's.
  const target = request.routeOptions.url === servicesRoute ? parseLabTarget(request.url) : undefined;
  return (target && services.get(target.part)?.door) ?? 'own pages';
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
