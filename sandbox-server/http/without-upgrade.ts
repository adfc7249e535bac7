import type { FastifyInstance } from 'fastify';
import type { Attribution } from '../lab/attribution.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import { parseLabTarget } from '../lab/lab-target.ts';
import { refuse } from '../refusals.ts';
import type { Service } from '../services/service.ts';

/** The route of all that a lab serves: what no route of the API is. */
export const servicesRoute = '/labs/:id/*';

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
  app.all(servicesRoute, { helmet: false }, (request, reply) => {
    const target = parseLabTarget(request.url);
    const lab = target && labs.find(target.id);
    if (!target || !lab) throw refuse.labNotFound();
    const service = services.get(target.part);
    // Whoever expected another protocol has nothing more to say in this one.
    if (!service?.answer) void reply.header('Connection', 'close');
    const connection = attribution.connectionFor(lab, request.raw.socket);
    if (target.isRecorded && !connection) throw refuse.notAttributed();
    if (connection?.refusal) {
      void reply.header('Connection', 'close');
      throw connection.refusal;
    }
    if (!service) throw refuse.serviceNotFound(target.part, [...services.keys()]);
    const methods: readonly string[] = service.methods ?? ['GET'];
    if (!methods.includes(request.method)) throw refuse.methodNotAllowed(request.method, methods);
    if (!service.answer) throw refuse.upgradeRequired();
    lab.touch();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    service.answer({
      request: request.raw,
      response,
      lab,
      query: target.query,
      body: request.body,
      elapsedMs: () => reply.elapsedTime,
    });
    // Only now: what the service throws, Fastify answers.
    reply.hijack();
  });
}
