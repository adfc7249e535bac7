import type { FastifyInstance } from 'fastify';
import { parseReadersRequest, type ReadersStatus } from '../../src/contract/readers.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { ListenerAddress } from '../services/raw.ts';
import { demand, labOf } from './lab-request.ts';
import { ownAddress } from './own-address.ts';
import { resource } from './resource.ts';

/** The part of the HTTP API that tells what the server keeps for each client of a lab's stream, and makes slow ones. */
export function serveReadersApi(
  app: FastifyInstance,
  labs: LabRegistry,
  listener: () => ListenerAddress,
): void {
  resource(app, '/labs/:id/readers', {
    GET: { handler: (request, reply) => reply.send(statusOf(labOf(labs, request))) },
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const asked = demand(parseReadersRequest(request.body ?? {}));
        lab.readSlowly(asked, `${ownAddress(listener())}/labs/${lab.id}/stream`);
        return reply.code(202).send(statusOf(lab));
      },
    },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).slowBots?.end();
        return reply.code(204).send();
      },
    },
  });
}

const statusOf = ({ readers, slowBots }: Lab): ReadersStatus => ({
  held: readers.held,
  bots: slowBots?.status ?? [],
});
