import type { FastifyInstance } from 'fastify';
import { refuse } from '../refusals.ts';

/** Bodies are JSON, or empty whatever they are called: `curl -d ''` calls an empty one a form. */
export function readJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body.toString(), done);
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(refuse.mediaTypeRefused());
  });
}
