import type { FastifyInstance } from 'fastify';
import { parseFeedSettings } from '../../src/contract/feed.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import { demand, labOf } from './lab-request.ts';
import { resource } from './resource.ts';

/**
 * What the feed of a lab makes, and what the server has done for it. It has a path of its own: a connection for
 * `/labs/<id>/feed` is recorded from its request line on, which does not tell yet whether it asks for an upgrade.
 */
export function serveFeedSettings(app: FastifyInstance, labs: LabRegistry): void {
  resource(app, '/labs/:id/feed/settings', {
    GET: { handler: (request, reply) => reply.send(labOf(labs, request).feed.state()) },
    PUT: {
      handler(request, reply) {
        const { feed } = labOf(labs, request);
        feed.begin(demand(parseFeedSettings(request.body)));
        return reply.send(feed.state());
      },
    },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).feed.stop();
        return reply.code(204).send();
      },
    },
  });
}
