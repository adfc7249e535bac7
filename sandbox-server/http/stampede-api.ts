import type { FastifyInstance } from 'fastify';
import { parseStampede } from '../../src/contract/stampede.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import { refuse } from '../refusals.ts';
import type { ListenerAddress } from '../services/raw.ts';
import { demand, labOf } from './lab-request.ts';
import { ownAddress } from './own-address.ts';
import { resource } from './resource.ts';

/** The part of the HTTP API that makes a crowd: bots connect to this sandbox's own listener, and to nothing else. */
export function serveStampedeApi(
  app: FastifyInstance,
  labs: LabRegistry,
  listener: () => ListenerAddress,
): void {
  resource(app, '/labs/:id/stampede', {
    GET: {
      handler: (request, reply) => reply.send({ stampede: labOf(labs, request).stampede?.status ?? null }),
    },
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const asked = demand(parseStampede(request.body ?? {}));
        if (lab.stampede?.isOver === false) throw refuse.stampedeRuns();
        const url = `${ownAddress(listener())}/labs/${lab.id}/stream?every=60000`;
        const { status } = lab.startStampede(asked, url);
        return reply.code(202).send({ stampede: status });
      },
    },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).stampede?.end();
        return reply.code(204).send();
      },
    },
  });
}
