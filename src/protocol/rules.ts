import { frameRules } from './frame-rules.ts';
import { httpRules } from './http-rules.ts';
import { openingHandshakeRules } from './opening-handshake-rules.ts';
import type { Rule } from './rule.ts';

export type { Rule } from './rule.ts';

/** Every rule that we judge, by name. */
export const rules = { ...httpRules, ...openingHandshakeRules, ...frameRules } as const satisfies Record<
  string,
  Rule
>;
