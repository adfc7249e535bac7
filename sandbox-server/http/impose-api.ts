import type { FastifyInstance } from 'fastify';
import { parseConditionsPatch } from '../../src/contract/conditions.ts';
import { parseCut, type CutAnswer } from '../../src/contract/cut.ts';
import { parseFaultScript } from '../../src/contract/fault-script.ts';
import { parseInject, type InjectAnswer } from '../../src/contract/inject.ts';
import { parseMessageFault } from '../../src/contract/message-fault.ts';
import { parseRestart } from '../../src/contract/restart.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import { demand, labOf } from './lab-request.ts';
import { resource } from './resource.ts';

/** The part of the HTTP API that does something to a lab's connections on purpose. */
export function serveImposeApi(app: FastifyInstance, labs: LabRegistry): void {
  resource(app, '/labs/:id/conditions', {
    PATCH: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        return reply.send(lab.changeConditions(demand(parseConditionsPatch(request.body))));
      },
    },
  });

  resource(app, '/labs/:id/cut', {
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const answer: CutAnswer = { cut: lab.cut(demand(parseCut(request.body))) };
        return reply.send(answer);
      },
    },
  });

  resource(app, '/labs/:id/restart', {
    POST: {
      handler(request, reply) {
        labOf(labs, request).restart(demand(parseRestart(request.body ?? {})));
        return reply.code(202).send({});
      },
    },
  });

  resource(app, '/labs/:id/message-fault', {
    POST: {
      handler(request, reply) {
        labOf(labs, request).messageFaults.order(demand(parseMessageFault(request.body)));
        return reply.code(202).send({});
      },
    },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).messageFaults.forget();
        return reply.code(204).send();
      },
    },
  });

  resource(app, '/labs/:id/script', {
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        lab.runScript(demand(parseFaultScript(request.body)));
        return reply.code(202).send(lab.status().script);
      },
    },
    DELETE: {
      handler(request, reply) {
        labOf(labs, request).stopScript();
        return reply.code(204).send();
      },
    },
  });

  resource(app, '/labs/:id/inject', {
    POST: {
      handler(request, reply) {
        const lab = labOf(labs, request);
        const answer: InjectAnswer = { injected: lab.inject(demand(parseInject(request.body))) };
        return reply.send(answer);
      },
    },
  });
}
