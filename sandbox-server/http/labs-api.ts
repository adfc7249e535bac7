import type { FastifyInstance, FastifyRequest, HTTPMethods, RouteHandlerMethod } from 'fastify';
import { parseConditionsPatch } from '../../src/contract/conditions.ts';
import { parseInject, type InjectAnswer } from '../../src/contract/inject.ts';
import { parseCut, type CreatedLab, type CutAnswer } from '../../src/contract/lab.ts';
import { isRecord, refused, show, type Parsed } from '../../src/contract/result.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { Lab } from '../lab/lab.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { logFormats } from './log-formats.ts';

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

/** The HTTP API of labs. */
export function serveLabsApi(app: FastifyInstance, labs: LabRegistry, limits: Limits): void {
  resource(app, '/labs', {
    POST: {
      config: {
        rateLimit: {
          max: limits.maxNewLabsPerMinute,
          timeWindow: 60_000,
          errorResponseBuilder: (_request: unknown, { ttl }: { ttl: number }) =>
            refuse.newLabsTooFast(Math.ceil(ttl / 1000)),
        },
      },
      handler(request, reply) {
        expectNoFields(request.body);
        const { id, services, conditions, expiresInSeconds } = labs.create(request.ip).status();
        const created: CreatedLab = { id, expiresInSeconds, conditions, services };
        return reply.code(201).header('Location', `/labs/${id}`).send(created);
      },
    },
  });

  resource(app, '/labs/:id', {
    GET: { handler: (request, reply) => reply.send(labOf(labs, request).status()) },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).end(1001, 'lab deleted');
        return reply.code(204).send();
      },
    },
  });

  resource(app, '/labs/:id/conditions', {
    PATCH: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        return reply.send(lab.changeConditions(demand(parseConditionsPatch(request.body))));
      },
    },
  });

  resource(app, '/labs/:id/cut', {
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const answer: CutAnswer = { cut: lab.cut(demand(parseCut(request.body))) };
        return reply.send(answer);
      },
    },
  });

  resource(app, '/labs/:id/inject', {
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const answer: InjectAnswer = { injected: lab.inject(demand(parseInject(request.body))) };
        return reply.send(answer);
      },
    },
  });

  resource(app, '/labs/:id/log', {
    GET: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const name = isRecord(request.query) ? (request.query['format'] ?? 'jsonl') : 'jsonl';
        const format =
          typeof name === 'string' && Object.hasOwn(logFormats, name) ? logFormats[name] : undefined;
        if (!format) {
          throw refuse.fieldRefused(
            'format',
            `expected ${Object.keys(logFormats).join(', ')}, got ${show(name)}`,
          );
        }
        const file = `ws101-${lab.id.slice(0, 6)}.${format.extension}`;
        return reply
          .type(format.contentType)
          .header('Content-Disposition', `attachment; filename="${file}"`)
          .send(format.write(lab));
      },
    },
  });
}

/** The lab that a request names. Throws `SandboxError` where there is none. */
export function labOf(labs: LabRegistry, request: FastifyRequest): Lab {
  const id = isRecord(request.params) ? request.params['id'] : undefined;
  const lab = typeof id === 'string' ? labs.find(id) : undefined;
  if (!lab) throw refuse.labNotFound();
  lab.touch();
  return lab;
}

/** What was parsed. Throws `SandboxError` where it was refused. */
export function demand<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw refuse.fieldRefused(parsed.field, parsed.message);
}

/** A new lab is made without options: a body may be there, but must say nothing. */
function expectNoFields(body: unknown): void {
  if (body === undefined || body === null) return;
  if (!isRecord(body)) demand(refused('body', `expected nothing or {}, got ${show(body)}`));
  else for (const field of Object.keys(body)) demand(refused(field, 'unknown field; a new lab takes none'));
}
