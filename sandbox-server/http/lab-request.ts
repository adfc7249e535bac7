import type { FastifyRequest } from 'fastify';
import { isRecord, type Parsed } from '../../src/contract/result.ts';
import type { LabRegistry } from '../lab/lab-registry.ts';
import type { Lab } from '../lab/lab.ts';
import { refuse } from '../refusals.ts';

/** The lab that a request's path names; it is used by that. Throws `SandboxError` where there is none. */
export function labOf(labs: LabRegistry, request: FastifyRequest): Lab {
  const id = isRecord(request.params) ? request.params['id'] : undefined;
  const lab = typeof id === 'string' ? labs.find(id) : undefined;
  if (!lab) throw refuse.labNotFound();
  lab.touch();
  return lab;
}

/** What a body was read as. Throws `SandboxError` that names the wrong field. */
export function demand<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw refuse.fieldRefused(parsed.field, parsed.message);
}
