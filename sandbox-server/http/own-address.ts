import type { ListenerAddress } from '../services/raw.ts';

/** Where this sandbox's own bots reach it: `ws://127.0.0.1:4321`. */
export const ownAddress = ({ host, port }: ListenerAddress): string =>
  `ws://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
