import { existsSync, readFileSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiErrorOf } from '../errors.ts';
import { refuse } from '../refusals.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** The site's files: built once, compressed once, served as they are. */
export interface SiteFiles {
  /** Answers a request for which there is no file: the site's 404 page, or how to build the site. */
  answerMissing(request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

/** Serves the folder of the built site. It need not exist yet: until it does, every page says how to build it. */
export function serveSiteFiles(app: FastifyInstance, folder: string): SiteFiles {
  const root = resolve(folder);
  const policies = new PagePolicies();
  void app.register(fastifyStatic, {
    root,
    preCompressed: true,
    redirect: true,
    dotfiles: 'ignore',
    suppressWarning: true,
    cacheControl: false,
    setHeaders(reply, path, stat) {
      // Vite writes a hash of the content into these names: what they hold never changes.
      const isForever = path.startsWith(join(root, '_astro'));
      void reply.header('Cache-Control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
      const page = path.replace(/\.(?:br|gz)$/, '');
      if (page.endsWith('.html')) {
        void reply.header(
          'Content-Security-Policy',
          policies.of(page, stat, reply.request.headers.host ?? ''),
        );
      }
    },
  });
  return {
    answerMissing(request, reply) {
      if (!existsSync(join(root, 'index.html'))) return answerNotBuilt(reply);
      const wantsPage = request.headers.accept?.includes('text/html') === true;
      if (wantsPage && existsSync(join(root, '404.html'))) return reply.code(404).sendFile('404.html');
      return reply.code(404).send(apiErrorOf(refuse.pathNotFound()));
    },
  };
}

/** The policy of each page, made when it is first asked for and again when its file has changed. */
class PagePolicies {
  readonly #pages = new Map<string, { changedAt: number; policyFor: (host: string) => string }>();

  of(path: string, { mtimeMs }: Stats, host: string): string {
    const known = this.#pages.get(path);
    if (known?.changedAt === mtimeMs) return known.policyFor(host);
    const html = readFileSync(path, 'utf8');
    // The host is the only part that differs between requests; it stands in for itself until one comes.
    const [before = '', between = '', after = ''] = contentSecurityPolicy(html, '\0').split('\0');
    const policyFor = (name: string): string => `${before}${name}${between}${name}${after}`;
    this.#pages.set(path, { changedAt: mtimeMs, policyFor });
    return policyFor(host);
  }
}

function answerNotBuilt(reply: FastifyReply): FastifyReply {
  const { message, hint, status } = refuse.siteNotBuilt();
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>ws101: not built yet</title>
<h1>${message}</h1>
<p>The sandbox is running. <b>${hint}</b>, then reload this page.</p>
</html>
`;
  return reply
    .code(status)
    .headers({
      'Retry-After': '5',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy(html, 'localhost'),
    })
    .type('text/html; charset=utf-8')
    .send(html);
}
