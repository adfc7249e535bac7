import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { SandboxError, messageOf } from '../errors.ts';
import type { Attribution } from '../lab/attribution.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { Lab } from '../lab/lab.ts';
import { parseLabTarget } from '../lab/lab-target.ts';
import { Link } from '../link/link.ts';
import { refuse } from '../refusals.ts';
import type { Service } from '../services/service.ts';
import { endWith } from './client-errors.ts';
import type { Knock } from './door-hook.ts';

/** What the answer to an opening handshake depends on. */
export interface UpgradeSurroundings {
  labs: LabRegistry;
  attribution: Attribution;
  /** By the part of the path behind the lab's id. */
  services: ReadonlyMap<string, Service>;
  knock: Knock;
  log: FastifyBaseLogger;
}

/**
 * Whether a request that asks for an upgrade is one for a service that knows of upgrades, or for none of those that there
 * are; to any other it is an ordinary request (RFC 9110 §7.8: a server may ignore the field).
 */
export function asksForService(request: IncomingMessage, services: UpgradeSurroundings['services']): boolean {
  const target = parseLabTarget(request.url ?? '');
  if (request.method === 'CONNECT' || !target) return false;
  return services.get(target.part)?.answer === undefined;
}

/** Stays with the connection for its life: as a function of its own it keeps nothing of the request alive. */
const ignore = (): void => undefined;

/** Answers opening handshakes: each goes to the service that its path names, or is refused with the reason. */
export function answerUpgrades(server: Server, surroundings: UpgradeSurroundings): void {
  server.on('upgrade', (request, stream, head) => {
    // Until ws listens, a client that goes away would bring the process down.
    stream.on('error', ignore);
    const orRefuse = (what: () => void): void => {
      try {
        what();
      } catch (error) {
        if (!(error instanceof SandboxError)) surroundings.log.error({ error }, 'upgrade failed');
        const refusal = error instanceof SandboxError ? error : refuse.internalError();
        surroundings.log.info({ code: refusal.code, target: request.url }, `refused: ${messageOf(refusal)}`);
        endWith(refusal, stream);
      }
    };
    orRefuse(() => {
      const { lab, isRecorded, answer } = readUpgrade(request, stream, head, surroundings);
      if (!isRecorded) {
        answer();
        return;
      }
      lab.acceptQueue.enter(() => {
        // Whoever hung up while it waited is not answered.
        if (!stream.destroyed) orRefuse(answer);
      });
    });
  });
}

/** An opening handshake that may be answered. */
interface Upgrade {
  lab: Lab;
  /** It is one of a learner's own, and no means of the page. */
  isRecorded: boolean;
  /** Throws `SandboxError` where the service refuses it. */
  answer: () => void;
}

function readUpgrade(
  request: IncomingMessage,
  link: Duplex,
  head: Buffer,
  { labs, attribution, services, knock }: UpgradeSurroundings,
): Upgrade {
  const target = parseLabTarget(request.url ?? '');
  if (!(link instanceof Link) || !target) throw refuse.pathNotFound();
  const service = services.get(target.part);
  const refusal = knock(request, request.url ?? '', service?.door ?? 'anybody');
  if (refusal) throw refusal;
  const lab = labs.find(target.id);
  if (!lab) throw refuse.labNotFound();
  if (!service) throw refuse.serviceNotFound(target.part, [...services.keys()]);
  const connection = attribution.connectionFor(lab, link);
  if (target.isRecorded && !connection) throw refuse.notAttributed();
  if (connection?.refusal) throw connection.refusal;
  if (!service.upgrade) throw refuse.upgradeRequired();
  const { query, isRecorded } = target;
  return {
    lab,
    isRecorded,
    answer: () => {
      service.upgrade?.({ request, link, head, lab, query, connection });
    },
  };
}
