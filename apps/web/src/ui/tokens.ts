/**
 * The one place for colour, type and space. It feeds the CSS variables (`--kz-...`), antd's theme and the charts, so a
 * change here changes all three. Light and dark are two designs: neither is worked out from the other.
 * tokens.test.ts holds every pair of text and ground to WCAG AA.
 */
export type ThemeName = 'light' | 'dark';

const lightColours = {
  canvas: '#f4f6f9', // ground of a page
  surface: '#ffffff', // panels, grids
  sunken: '#eaeef3', // wells, grid heads, hover
  raised: '#ffffff', // what floats
  rail: '#fafbfd',
  border: '#dce2ea',
  control: '#8490a1', // edge of an input: 3:1 on surface
  text: '#16202c',
  textSoft: '#465364',
  textFaint: '#5d6a7d',
  accent: '#0b6582',
  accentHover: '#084f67',
  accentSoft: '#e0eff4',
  onAccent: '#ffffff',
  good: '#146c43',
  goodSoft: '#e1f2e8',
  warn: '#8a5200',
  warnSoft: '#fbefd9',
  bad: '#b3261e',
  badSoft: '#fbe7e4',
  neutralSoft: '#e8ecf1',
  red: '#c0281f', // rise or fall, as the reader's habit has it
  green: '#14764a',
  shade: 'rgb(16 24 40 / 0.42)', // behind a dialog
};

export type Colours = typeof lightColours;

const darkColours: Colours = {
  canvas: '#0f141b',
  surface: '#161d26',
  sunken: '#1f2833',
  raised: '#1c2530',
  rail: '#121820',
  border: '#2a3543',
  control: '#6b7a8f',
  text: '#e3e9f0',
  textSoft: '#aeb9c7',
  textFaint: '#92a0b1',
  accent: '#5ab7d3',
  accentHover: '#83cbe1',
  accentSoft: '#16333f',
  onAccent: '#04202a',
  good: '#5cc28d',
  goodSoft: '#15332a',
  warn: '#e2ab55',
  warnSoft: '#382b15',
  bad: '#f58a80',
  badSoft: '#40201f',
  neutralSoft: '#25303d',
  red: '#f58a80',
  green: '#5cc28d',
  shade: 'rgb(0 0 0 / 0.6)',
};

export const colours: Record<ThemeName, Colours> = { light: lightColours, dark: darkColours };

/** Low to high value: from paper to deep azurite; in the dark from ink to light. Lightness is monotone. */
export const valueRamp: Record<ThemeName, readonly string[]> = {
  light: ['#dbe9ee', '#b5d4df', '#88bccc', '#589fb5', '#2c819c', '#0f6380', '#08455c'],
  dark: ['#1c2f39', '#1f4555', '#256177', '#2f809a', '#48a1bd', '#79c3d9', '#b6e4f0'],
};

/** Safe to lost: from grey-green over ochre to cinnabar. */
export const riskRamp: Record<ThemeName, readonly string[]> = {
  light: ['#e2ebe5', '#e4dab6', '#e9c481', '#e09c4f', '#d06f36', '#b9432b', '#8f2029'],
  dark: ['#2b3a33', '#4a432a', '#705a28', '#94702d', '#b37a35', '#e0774a', '#f98177'],
};

/** For things without an order (industries, sources): told apart also with weak colour sight. */
export const categoryColours: Record<ThemeName, readonly string[]> = {
  light: ['#0b6582', '#b87a24', '#775a99', '#48865a', '#b4524a', '#5f6f86', '#3f9db5', '#85863a'],
  dark: ['#5ab7d3', '#dba552', '#ab8ed0', '#79b98a', '#e28a80', '#93a4bb', '#8fd3e4', '#bcbd6c'],
};

export const type = {
  family:
    '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", system-ui, sans-serif',
  mono: '"SF Mono", "Cascadia Mono", "JetBrains Mono", "DejaVu Sans Mono", Consolas, monospace',
  size: { small: 12, grid: 13, body: 14, lead: 16, title: 20, figure: 28 },
} as const;

/** Multiples of 4 px. */
const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 12: 48 } as const;

export const shape = {
  radius: 6,
  radiusSmall: 4,
  row: 36,
  controlHeight: 32,
  railWidth: 200,
  railFoldedWidth: 56,
  top: 52,
} as const;

const shadow: Record<ThemeName, string> = {
  light: '0 1px 2px rgb(16 24 40 / 0.06), 0 8px 24px rgb(16 24 40 / 0.14)',
  dark: '0 0 0 1px #2f3b4a, 0 12px 32px rgb(0 0 0 / 0.55)',
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The declarations of one theme: `--kz-canvas`, `--kz-text-soft`, `--kz-space-4`, `--kz-value-0` ... */
export function cssVariables(theme: ThemeName): string {
  const pairs: [string, string][] = [
    ...Object.entries(colours[theme]).map(([name, value]): [string, string] => [kebab(name), value]),
    ...valueRamp[theme].map((value, step): [string, string] => [`value-${step}`, value]),
    ...riskRamp[theme].map((value, step): [string, string] => [`risk-${step}`, value]),
    ...categoryColours[theme].map((value, step): [string, string] => [`category-${step}`, value]),
    ...Object.entries(space).map(([name, value]): [string, string] => [`space-${name}`, `${value}px`]),
    ...Object.entries(shape).map(([name, value]): [string, string] => [kebab(name), `${value}px`]),
    ...Object.entries(type.size).map(([name, value]): [string, string] => [`font-${name}`, `${value}px`]),
    ['faces', type.family],
    ['mono', type.mono],
    ['shadow', shadow[theme]],
  ];
  return pairs.map(([name, value]) => `--kz-${name}:${value}`).join(';');
}

/** A point on a ramp, 0 to 1, mixed between its two nearest steps. Out of range is clamped. */
export function rampColour(ramp: readonly string[], position: number): string {
  const last = ramp.length - 1;
  const at = Math.min(Math.max(position, 0), 1) * last;
  const low = Math.min(Math.floor(at), last - 1);
  const from = channels(ramp[low] ?? '#000000');
  const to = channels(ramp[low + 1] ?? '#000000');
  const mixed = from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * (at - low)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue, 0 to 255, of `#rrggbb`. */
export function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
