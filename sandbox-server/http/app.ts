import { createServer, type Server, type ServerOptions } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import { fastify, type FastifyBaseLogger } from 'fastify';
import type { DoorKeeper } from '../doors.ts';
import type { Attribution } from '../lab/attribution.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { Limits } from '../limits.ts';
import { Link } from '../link/link.ts';
import { splitTarget } from '../link/request-target.ts';
import { refuse } from '../refusals.ts';
import type { ListenerAddress } from '../services/raw.ts';
import type { Service } from '../services/service.ts';
import { answerError } from './answer-error.ts';
import { answerClientError, endWith } from './client-errors.ts';
import { createKnock, guardDoors } from './door-hook.ts';
import { readJsonBodies } from './json-body.ts';
import { serveHealth } from './health.ts';
import { serveFeedSettings } from './feed-settings.ts';
import { serveImposeApi } from './impose-api.ts';
import { serveLabsApi } from './labs-api.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { serveSiteFiles } from './site-files.ts';
import { answerUpgrades, asksForService } from './upgrades.ts';
import { serveReadersApi } from './readers-api.ts';
import { serveStampedeApi } from './stampede-api.ts';
import { answerWithoutUpgrade } from './without-upgrade.ts';

/** What the HTTP side of the sandbox is made of. */
export interface AppParts {
  labs: LabRegistry;
  attribution: Attribution;
  /** By the part of the path behind a lab's id. */
  services: ReadonlyMap<string, Service>;
  keeper: DoorKeeper;
  limits: Limits;
  /** Folder of the built site. */
  site: string;
  connectionCount: () => number;
  /** Where the sandbox itself listens. */
  listener: () => ListenerAddress;
  log: FastifyBaseLogger;
}

/** The HTTP server, which takes links for sockets and listens nowhere itself. */
export interface App {
  /** Takes a connection, as if it had been accepted. */
  serve(link: Link): void;
  /** Ends connections on which no request is under way. */
  closeIdle(): void;
  close(): Promise<void>;
}

/** Builds the HTTP server: the labs API, the upgrades to their services, and the site. */
export async function createApp(parts: AppParts): Promise<App> {
  const { labs, attribution, services, keeper, limits, log } = parts;
  const knock = createKnock(keeper, limits.maxHeaders);

  let server: Server | undefined;
  const app = fastify({
    loggerInstance: log,
    bodyLimit: limits.maxBodyBytes,
    // An absolute target names the same resource (RFC 9112 §3.2.2); the doors look at its authority.
    rewriteUrl: ({ url = '/' }) => {
      const { path, query } = splitTarget(url);
      return query === '' ? path : `${path}?${query}`;
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => {
      answerError(error, reply, limits.maxBodyBytes);
    },
    serverFactory: (answer) => {
      server = createServer(serverOptions(limits, services), answer);
      return server;
    },
  });
  if (!server) throw new Error('Fastify made no server');
  const http = server;
  http.maxHeadersCount = limits.maxHeaders + 1;
  http.on('request', (request, response) => {
    response.once('close', () => {
      if (request.socket instanceof Link && request.complete) request.socket.awaitRequest();
    });
  });
  // A sandbox is no proxy.
  http.on('connect', (_request, stream) => {
    endWith(refuse.methodNotAllowed('CONNECT', ['GET', 'HEAD']), stream);
  });
  answerUpgrades(http, { labs, attribution, services, knock, log });

  readJsonBodies(app);
  app.setErrorHandler((error, _request, reply) => {
    answerError(error, reply, limits.maxBodyBytes);
  });
  await sendSecurityHeaders(app);
  guardDoors(app, knock, keeper, services);
  await app.register(rateLimit, { global: false });

  serveHealth(app, labs, parts.connectionCount);
  serveLabsApi(app, labs, limits);
  serveImposeApi(app, labs);
  serveStampedeApi(app, labs, parts.listener);
  serveReadersApi(app, labs, parts.listener);
  serveFeedSettings(app, labs);
  answerWithoutUpgrade(app, labs, attribution, services);
  const siteFiles = serveSiteFiles(app, parts.site);
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/labs')) throw refuse.pathNotFound();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw refuse.methodNotAllowed(request.method, ['GET', 'HEAD']);
    }
    return siteFiles.answerMissing(request, reply);
  });
  await app.ready();
  // A server begins to watch over slow requests when it begins to listen, which this one never does.
  http.emit('listening');

  return {
    serve(link) {
      http.emit('connection', link);
    },
    closeIdle() {
      http.closeIdleConnections();
    },
    async close() {
      http.close();
      await app.close();
    },
  };
}

/** One and the same time for the head and for the whole of a request: bodies are small. */
const serverOptions = (
  { headSeconds, keepAliveSeconds, maxHeaderBytes }: Limits,
  services: AppParts['services'],
): ServerOptions => ({
  maxHeaderSize: maxHeaderBytes,
  // The doors look at Host, and say what is wrong with it.
  requireHostHeader: false,
  headersTimeout: headSeconds * 1000,
  requestTimeout: headSeconds * 1000,
  connectionsCheckingInterval: Math.min(5000, Math.ceil((headSeconds * 1000) / 4)),
  keepAliveTimeout: keepAliveSeconds * 1000,
  shouldUpgradeCallback: (request) => asksForService(request, services),
});
