import type { Formats } from '../../../../lib/formats.js';

/** A chance in whole percents that never claims to be certain: the model gives neither 0 nor 100. */
export function aliveText(f: Formats, pAlive: number): string {
  if (pAlive > 0.995) return `>${f.percent(0.99, 0)}`;
  if (pAlive < 0.005) return `<${f.percent(0.01, 0)}`;
  return f.percent(pAlive, 0);
}
