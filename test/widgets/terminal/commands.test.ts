import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandNames, completions, parseCommand } from '../../../src/widgets/terminal/commands.ts';

describe('parseCommand', () => {
  it.each([
    ['connect', { name: 'connect', target: 'echo', subprotocols: [] }],
    ['connect ?close=4001', { name: 'connect', target: 'echo?close=4001', subprotocols: [] }],
    ['connect echo --protocol chat -s v2', { name: 'connect', target: 'echo', subprotocols: ['chat', 'v2'] }],
    ['send  two  spaces', { name: 'send', text: ' two  spaces' }],
    ['binary 01 02 ff', { name: 'binary', bytes: Uint8Array.of(1, 2, 255) }],
    ['ping', { name: 'ping', text: '' }],
    ['close', { name: 'close', code: undefined, reason: '' }],
    ['close 1005 no such code', { name: 'close', code: 1005, reason: 'no such code' }],
    ['frame 8180 00000000', { name: 'frame', bytes: Uint8Array.of(0x81, 0x80, 0, 0, 0, 0) }],
    ['HEX on', { name: 'hex', on: true }],
    ['cut rst', { name: 'cut', how: 'rst' }],
    ['raw lf', { name: 'raw', lineEnd: 'lf' }],
    ['help send', { name: 'help', about: 'send' }],
  ])('understands %s', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each([
    ['conect', 'did you mean connect'],
    ['xyzzy', 'There is no command “xyzzy”'],
    ['frame 8g', 'not a hex digit'],
    ['frame', 'Usage: frame <hex>'],
    ['binary 123', 'half a byte too many'],
    ['close 70000', 'is not a close code'],
    ['close soon', 'is not a close code'],
    ['hex maybe', 'Usage: hex on|off'],
    ['cut', 'Usage: cut fin|rst|close'],
    ['connect ws://evil.example/', 'Only this lab'],
    ['connect --protocol', 'needs a name'],
    ['connect --tls', 'There is no option --tls'],
  ])('says what is wrong with %s', (line, words) => {
    expect(parseCommand(line)).toContain(words);
  });

  it('passes over an empty line, and never throws', () => {
    expect(parseCommand('   ')).toBeUndefined();
    fc.assert(
      fc.property(fc.constantFrom(...commandNames, 'x'), fc.string(), (name, rest) => {
        expect(parseCommand(`${name} ${rest}`)).toBeDefined();
      }),
    );
  });
});

describe('completions', () => {
  it('offers commands, and what may follow one', () => {
    expect(completions('c')).toEqual(['connect ', 'close ', 'cut ', 'clear ']);
    expect(completions('cut r')).toEqual(['cut rst']);
    expect(completions('help pi')).toEqual(['help ping']);
    expect(completions('send he')).toEqual([]);
  });
});
