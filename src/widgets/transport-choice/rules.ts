import { messageRules } from './message-rules.ts';
import { requestRules } from './request-rules.ts';
import type { Rule } from './rule.ts';
import { streamRules } from './stream-rules.ts';

/** All that speaks for a transport or against it. */
export const rules: readonly Rule[] = [...requestRules, ...streamRules, ...messageRules];
