import type { WarningRow } from '@kezi/contract';
import { useFormats } from '../../../lib/formats.js';
import { useAnyWord, type WordParams } from '../../../lib/words.js';

type Told = Pick<WarningRow, 'detectorId' | 'evidence'>;
type Asked = Pick<WarningRow, 'detectorId' | 'play'>;

/** Names that do not say what they are: those of later slices end in `Share` and `Amount`. */
const shares = new Set([
  'pAlive',
  'pAliveBefore',
  'share',
  'assumedFall',
  'probability',
  'usualRate',
  'usualMargin',
  'recentMargin',
]);
const amounts = new Set(['usualSpend', 'recentSpend', 'clvBefore']);

/** The words of a warning: its detector, its reason with the figures in it, what to do. */
export function useWarningWords() {
  const say = useAnyWord();
  const f = useFormats();
  const figure = (name: string, value: number): string => {
    if (shares.has(name) || name.endsWith('Share')) return f.percent(value, 0);
    if (amounts.has(name) || name.endsWith('Amount')) return f.valueShort(value);
    return f.decimal(value, 0);
  };
  const params = (evidence: Told['evidence']): WordParams =>
    Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => {
        if (typeof value === 'number') return [name, figure(name, value)];
        if (name === 'phase') return [name, say(`alerts.phase.${value ?? 'response'}`)];
        if (name === 'role') return [name, value === null ? '' : say(`alerts.role.${value}`)];
        return [name, name.endsWith('On') && value !== null ? f.date(value) : (value ?? '–')];
      }),
    );
  return {
    name: ({ detectorId }: Pick<Told, 'detectorId'>) => say(`alerts.detector.${detectorId}`),
    /** What speaks for it; where its one figure is kept from the reader, what the detector looks for. */
    reason: ({ detectorId, evidence }: Told) =>
      evidence['clvShare'] === null
        ? say(`alerts.about.${detectorId}`)
        : say(`alerts.${evidence['share'] === null ? 'assumed' : 'reason'}.${detectorId}`, params(evidence)),
    /** What is recommended: as the policy has it for the tier, else the words of the detector. */
    play: ({ detectorId, play }: Asked) => play ?? say(`alerts.play.${detectorId}`),
    about: ({ detectorId }: Pick<Told, 'detectorId'>) => say(`alerts.about.${detectorId}`),
  };
}
