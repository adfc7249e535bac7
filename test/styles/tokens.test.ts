import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/styles/tokens.css', import.meta.url), 'utf8');
const print = readFileSync(new URL('../../src/styles/print.css', import.meta.url), 'utf8');

/** The `--ws-…: #rrggbb` of the first rule after a selector. */
function palette(sheet: string, selector: string): Map<string, string> {
  const from = sheet.indexOf(selector);
  const rule = sheet.slice(from, sheet.indexOf('}', from));
  return new Map(
    [...rule.matchAll(/--ws-([\w-]+):\s*(#[\da-f]{6});/g)].map(([, name, hex]) => [name ?? '', hex ?? '']),
  );
}

/** Relative luminance of an sRGB colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const texts = [
  'text',
  'text-muted',
  'heading',
  'client',
  'server',
  'link',
  'control',
  'error',
  'ok',
  'accent',
];
const surfaces = ['surface', 'surface-raised', 'surface-sunken'];
const softs = ['client', 'server', 'link', 'control', 'error', 'ok', 'accent'];

describe.each([
  ['dark', palette(css, ':root,')],
  ['light', palette(css, ":root[data-theme='light']")],
  ['printed', palette(print, ':root,')],
])('the %s palette', (_, colours) => {
  const at = (name: string): string => colours.get(name) ?? expect.fail(`no --ws-${name}`);

  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface])))(
    'reads %s on %s at 4.5:1',
    (text, surface) => {
      expect(contrast(at(text), at(surface))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(softs)('reads %s, and plain and muted text, on its soft ground at 4.5:1', (hue) => {
    for (const text of [hue, 'text', 'text-muted']) {
      expect(contrast(at(text), at(`${hue}-soft`))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('reads the label of a filled button at 4.5:1', () => {
    expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(surfaces)('shows the edge of a control on %s at 3:1', (surface) => {
    expect(contrast(at('border-strong'), at(surface))).toBeGreaterThanOrEqual(3);
  });
});

describe.each([
  ['dark', palette(css, ':root,')],
  ['light', palette(css, ":root[data-theme='light']")],
])('the focus ring of the %s palette', (_, colours) => {
  it.each(surfaces)('stands out on %s at 3:1', (surface) => {
    expect(contrast(colours.get('focus') ?? '', colours.get(surface) ?? '')).toBeGreaterThanOrEqual(3);
  });
});

it('knows the contrast of black on white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
