import type { FastifyInstance } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import type { LabRegistry } from '../lab/lab-registry.ts';

/** `GET /healthz`: that the sandbox is up, and how much it has to do. */
export function serveHealth(app: FastifyInstance, labs: LabRegistry, connectionCount: () => number): void {
  const startedAt = performance.now();
  app.get('/healthz', (_request, reply) =>
    reply.send({
      status: 'ok',
      version: manifest.version,
      uptimeSeconds: Math.round(performance.now() - startedAt) / 1000,
      labs: labs.labCount,
      connections: connectionCount(),
    }),
  );
}
