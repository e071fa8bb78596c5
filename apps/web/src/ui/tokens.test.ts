import { describe, expect, it } from 'vitest';
import {
  categoryColours,
  channels,
  colours,
  cssVariables,
  rampColour,
  riskRamp,
  valueRamp,
} from './tokens.js';
import type { Colours, ThemeName } from './tokens.js';

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string) => {
  const [r, g, b] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};
const contrast = (one: string, other: string) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const grounds: (keyof Colours)[] = ['canvas', 'surface', 'sunken', 'raised', 'rail'];
const words: (keyof Colours)[] = [
  'text',
  'textSoft',
  'textFaint',
  'accent',
  'good',
  'warn',
  'bad',
  'red',
  'green',
];
const onSoft: [keyof Colours, keyof Colours][] = [
  ['onAccent', 'accent'],
  ['onAccent', 'accentHover'],
  ['accent', 'accentSoft'],
  ['text', 'accentSoft'],
  ['good', 'goodSoft'],
  ['warn', 'warnSoft'],
  ['bad', 'badSoft'],
  ['textSoft', 'neutralSoft'],
];

describe.each(['light', 'dark'] satisfies ThemeName[])('%s theme', (theme) => {
  const c = colours[theme];

  it.each(words.flatMap((word) => grounds.map((ground) => [word, ground] as const)))(
    '%s on %s can be read (4.5:1)',
    (word, ground) => expect(contrast(c[word], c[ground])).toBeGreaterThanOrEqual(4.5),
  );

  it.each(onSoft)('%s on %s can be read (4.5:1)', (word, ground) =>
    expect(contrast(c[word], c[ground])).toBeGreaterThanOrEqual(4.5),
  );

  it('edges of controls are seen (3:1)', () => {
    expect(contrast(c.control, c.surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(c.accent, c.surface)).toBeGreaterThanOrEqual(3);
  });

  it.each(categoryColours[theme].map((colour) => [colour]))(
    'chart colour %s stands out from the panel (3:1)',
    (colour) => expect(contrast(colour, c.surface)).toBeGreaterThanOrEqual(3),
  );

  it('ramps go one way in lightness', () => {
    for (const ramp of [valueRamp[theme], riskRamp[theme]]) {
      const steps = ramp.map(luminance);
      const down = steps.every((step, index) => index === 0 || step < (steps[index - 1] ?? 0));
      const up = steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0));
      expect(theme === 'light' ? down : up).toBe(true);
    }
  });
});

describe('rampColour', () => {
  it('hits the ends, clamps, and mixes half way', () => {
    expect(rampColour(['#000000', '#ffffff'], 0)).toBe('#000000');
    expect(rampColour(['#000000', '#ffffff'], 7)).toBe('#ffffff');
    expect(rampColour(['#000000', '#ffffff'], 0.5)).toBe('#808080');
    expect(rampColour(['#000000', '#ffffff', '#000000'], 0.75)).toBe('#808080');
  });
});

describe('cssVariables', () => {
  it('gives no name twice', () => {
    const names = cssVariables('light')
      .split(';')
      .map((pair) => pair.split(':')[0]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names every token in kebab case', () => {
    expect(cssVariables('light')).toContain('--kz-text-soft:#465364');
    expect(cssVariables('dark')).toContain('--kz-value-6:#b6e4f0');
  });
});
