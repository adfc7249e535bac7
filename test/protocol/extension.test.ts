import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExtensions, parseExtensions, type Extension } from '../../src/protocol/extension.ts';
import { wsExtension } from './ws-internals.ts';

const one = (name: string, ...parameters: [name: string, value?: string][]): Extension => ({
  name,
  parameters: parameters.map(([parameter, value]) => ({ name: parameter, value })),
});

describe('parseExtensions', () => {
  it.each<[value: string, extensions: Extension[]]>([
    ['permessage-deflate', [one('permessage-deflate')]],
    ['foo, bar; baz=2', [one('foo'), one('bar', ['baz', '2'])]],
    ['a;b;c=d', [one('a', ['b'], ['c', 'd'])]],
    ['a ;\tb = "c" , d', [one('a', ['b', 'c']), one('d')]],
    ['a;b="\\c\\d"', [one('a', ['b', 'cd'])]],
    ['a;b=1;b=2', [one('a', ['b', '1'], ['b', '2'])]],
    ['a,,b,', [one('a'), one('b')]],
    ['', []],
  ])('reads %j as the grammar has it (RFC 6455 §9.1)', (value, extensions) => {
    expect(parseExtensions([value])).toEqual({ extensions, faults: [] });
  });

  it.each([
    ['a b', { start: 2, end: 3 }, 'b where a comma or a semicolon belongs'],
    ['a;', { start: 2, end: 2 }, 'the end where the name of a parameter belongs'],
    ['a;=b', { start: 2, end: 3 }, '= where the name of a parameter belongs'],
    ['a;b=', { start: 4, end: 4 }, 'the end where a value belongs'],
    ['a;b="c', { start: 4, end: 6 }, 'a quoted value without an end'],
    ['a;b="c\\', { start: 4, end: 7 }, 'a quoted value without an end'],
    ['a;b=""', { start: 4, end: 6 }, 'a quoted value that is not a token: '],
    ['a;b="c d"', { start: 4, end: 9 }, 'a quoted value that is not a token: c d'],
    ['"a"', { start: 0, end: 1 }, '" where a name belongs'],
    ['é', { start: 0, end: 1 }, 'é where a name belongs'],
  ])('says where %j leaves the grammar', (value, at, found) => {
    expect(parseExtensions([value]).faults).toEqual([{ field: 0, at, found }]);
  });

  it('reads on behind a broken member, and takes several fields for one list (§9.1)', () => {
    const { extensions, faults } = parseExtensions(['a;b="x, y", c', 'd']);
    expect(extensions).toEqual([one('c'), one('d')]);
    expect(faults).toHaveLength(1);
  });

  it('reads back what formatExtensions writes', () => {
    const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
    const extension = fc.record({
      name: token,
      parameters: fc.array(fc.record({ name: token, value: fc.option(token, { nil: undefined }) }), {
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(fc.array(extension, { maxLength: 4 }), (extensions) => {
        expect(parseExtensions([formatExtensions(extensions)])).toEqual({ extensions, faults: [] });
      }),
    );
  });

  it('accepts every list that ws’s parser accepts, and reads the same from it', () => {
    const parts = fc.constantFrom('a', 'b2', ',', ';', '=', '"', ' ', '\\', '"c"', '; d=', 'é');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), (list) => {
        const value = list.join('');
        let theirs: Record<string, Record<string, unknown>[]>;
        try {
          theirs = wsExtension.parse(value);
        } catch {
          return;
        }
        const ours = parseExtensions([value]);
        expect(ours.faults).toEqual([]);
        const grouped: Record<string, Record<string, unknown[]>[]> = Object.create(null) as never;
        for (const { name, parameters } of ours.extensions) {
          const values: Record<string, unknown[]> = Object.create(null) as never;
          for (const parameter of parameters) {
            (values[parameter.name] ??= []).push(parameter.value ?? true);
          }
          (grouped[name] ??= []).push(values);
        }
        expect(grouped).toEqual(theirs);
      }),
      { numRuns: 3000 },
    );
  });
});
