import { describe, expect, it } from 'vitest';
import { mayBeSent } from '../../src/protocol/close-code.ts';
import { frameRules } from '../../src/protocol/frame-rules.ts';
import { rules, type Rule } from '../../src/protocol/rules.ts';

const all: [string, Rule][] = Object.entries(rules);

describe('rules', () => {
  it('have an id each, in the form of their name', () => {
    expect(new Set(all.map(([, { id }]) => id)).size).toBe(all.length);
    for (const [name, { id }] of all) {
      expect(id).toMatch(/^[a-z\d]+(-[a-z\d]+)*$/);
      expect(id.replaceAll('-', '')).toBe(name.toLowerCase());
    }
  });

  it.each(all)('%s says in one sentence what a section of a standard demands', (_, rule) => {
    expect(rule.section).toMatch(/^RFC \d{4} §\d/);
    for (const part of rule.section.split('; '))
      expect(part).toMatch(/^RFC \d{4} (§[\d.]+|, |erratum \d+)+$/);
    expect(rule.says).toMatch(/^[A-Z].*\.$/);
    expect(rule.says).not.toMatch(/\bMUST\b/);
  });

  it('of frames call for a close code that may be sent; those of heads come before any frame', () => {
    for (const [name, { closeCode }] of all) {
      if (name in frameRules) expect(closeCode !== undefined && mayBeSent(closeCode)).toBe(true);
      else expect(closeCode).toBeUndefined();
    }
  });
});
