import { randomBytes } from 'node:crypto';
import type { ServicePaths } from '../../src/contract/lab.ts';
import type { Limits } from '../limits.ts';
import { LogMemory } from '../log/log-memory.ts';
import { refuse } from '../refusals.ts';
import { Lab } from './lab.ts';

/** Bytes of chance in an id: whoever does not know it cannot guess it. */
const idBytes = 16;

/** All labs of the sandbox. */
export class LabRegistry {
  readonly #limits: Limits;
  readonly #servicePaths: (id: string) => ServicePaths;
  readonly #memory: LogMemory;
  readonly #labs = new Map<string, Lab>();
  readonly #labsOfAddress = new Map<string, number>();

  /** `servicePaths` names the services of a lab and where they are. */
  constructor(limits: Limits, servicePaths: (id: string) => ServicePaths) {
    this.#limits = limits;
    this.#servicePaths = servicePaths;
    this.#memory = new LogMemory(limits.maxTotalLogBytes);
  }

  get labCount(): number {
    return this.#labs.size;
  }

  /** Memory that all wire logs take, in bytes. */
  get logBytes(): number {
    return this.#memory.bytes;
  }

  /** Makes a lab for a client at this address. Throws `SandboxError` where there are too many. */
  create(address: string): Lab {
    const { maxLabs, maxLabsPerAddress } = this.#limits;
    const ofAddress = this.#labsOfAddress.get(address) ?? 0;
    if (ofAddress >= maxLabsPerAddress) throw refuse.tooManyLabsOfAddress(maxLabsPerAddress);
    if (this.#labs.size >= maxLabs) throw refuse.tooManyLabs(maxLabs);
    const id = randomBytes(idBytes).toString('hex');
    const lab = new Lab({
      id,
      address,
      limits: this.#limits,
      memory: this.#memory,
      servicePaths: this.#servicePaths(id),
      ended: () => {
        this.#forget(lab);
      },
    });
    this.#labs.set(id, lab);
    this.#labsOfAddress.set(address, ofAddress + 1);
    return lab;
  }

  find(id: string): Lab | undefined {
    return this.#labs.get(id);
  }

  /** Ends all labs: every open WebSocket gets a Close frame with this code and reason. */
  endAll(closeCode: number, reason: string): void {
    for (const lab of this.#labs.values()) lab.end(closeCode, reason);
  }

  #forget({ id, address }: Lab): void {
    this.#labs.delete(id);
    const left = (this.#labsOfAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#labsOfAddress.delete(address);
    else this.#labsOfAddress.set(address, left);
  }
}
