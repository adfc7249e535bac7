import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { noPagePolicy } from './content-security-policy.ts';

/** Sends with every answer the headers that keep a page to itself, and what no page may do unless the answer says. */
export async function sendSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    // Plain HTTP must not ask for it (RFC 6797 §7.2); what terminates TLS before us may.
    strictTransportSecurity: false,
    // With `no-referrer`, a browser sends `Origin: null` with a form of our own pages.
    referrerPolicy: { policy: 'same-origin' },
    // Headers that only browsers of the past know, or that our policy already says: a learner reads these answers.
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('Content-Security-Policy'))
      void reply.header('Content-Security-Policy', noPagePolicy);
    if (!reply.hasHeader('Cache-Control')) void reply.header('Cache-Control', 'no-store');
    done(null, payload);
  });
}
