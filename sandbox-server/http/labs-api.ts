import type { FastifyInstance } from 'fastify';
import type { CreatedLab } from '../../src/contract/lab.ts';
import { isRecord, refused, show } from '../../src/contract/result.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { demand, labOf } from './lab-request.ts';
import { logFormats } from './log-formats.ts';
import { resource } from './resource.ts';

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

/** A new lab is made without options: a body may be there, but must say nothing. */
function expectNoFields(body: unknown): void {
  if (body === undefined || body === null) return;
  if (!isRecord(body)) demand(refused('body', `expected nothing or {}, got ${show(body)}`));
  else for (const field of Object.keys(body)) demand(refused(field, 'unknown field; a new lab takes none'));
}
