import type { FastifyInstance } from 'fastify';
import type { Attribution } from '../lab/attribution.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import { parseLabTarget } from '../lab/lab-target.ts';
import { refuse } from '../refusals.ts';
import type { Service } from '../services/service.ts';

/**
 * Answers a request for a service that does not ask for an upgrade, or whose asking was removed on the way. Its answer
 * is looked at byte for byte in a lesson, so it has no fields beyond those that matter (`helmet: false`).
 */
export function answerWithoutUpgrade(
  app: FastifyInstance,
  labs: LabRegistry,
  attribution: Attribution,
  services: ReadonlyMap<string, Service>,
): void {
  app.all('/labs/:id/*', { helmet: false }, (request, reply) => {
    const target = parseLabTarget(request.url);
    const lab = target && labs.find(target.id);
    if (!target || !lab) throw refuse.labNotFound();
    const connection = attribution.connectionOf(request.raw.socket);
    if (target.isRecorded && !connection) throw refuse.notAttributed();
    // A recorded connection is its lab's to the end, and the next request may be for another.
    void reply.header('Connection', 'close');
    if (connection?.refusal) throw connection.refusal;
    const service = services.get(target.part);
    if (!service) throw refuse.serviceNotFound(target.part, [...services.keys()]);
    if (request.method !== 'GET') throw refuse.methodNotAllowed(request.method, ['GET']);
    throw refuse.upgradeRequired();
  });
}
