import type { FastifyInstance, HTTPMethods, RouteHandlerMethod } from 'fastify';
import { refuse } from '../refusals.ts';

/** The methods that Fastify knows of, but for OPTIONS, which the doors answer. */
const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'];

/** One path, what each method does there, and 405 for all others (RFC 9110 §15.5.6). */
export function resource(
  app: FastifyInstance,
  url: string,
  answers: Partial<
    Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', { handler: RouteHandlerMethod; config?: object }>
  >,
): void {
  const allow = Object.keys(answers);
  if (allow.includes('GET')) allow.splice(allow.indexOf('GET') + 1, 0, 'HEAD');
  for (const [method, answer] of Object.entries(answers)) app.route({ method: method, url, ...answer });
  app.route({
    method: methods.filter((method) => !allow.includes(method)),
    url,
    handler: (request) => {
      throw refuse.methodNotAllowed(request.method, allow);
    },
  });
}
