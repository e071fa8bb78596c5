import type { ValuationHistory } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord, type WordParams } from '../../../../lib/words.js';

/** A doubt of the card in words, with its figures; `totalError` is that of the back-test. */
export function useDoubtWords(
  history: ValuationHistory | undefined,
  totalError: number | null = null,
): (code: string) => string {
  const word = useAnyWord();
  const f = useFormats();
  const { season, week, drift, truncation } = history ?? {};
  const off = f.percent(Math.abs(totalError ?? 0), 0);
  const yearly = drift?.yearly ?? 0;
  const drifted = { share: `${yearly > 0 ? '+' : ''}${f.percent(yearly, 0)}` };
  const params: Record<string, WordParams> = {
    'over-predicted': { share: off },
    'under-predicted': { share: off },
    'season-found': { strength: f.percent(season?.strength ?? 0, 0) },
    'season-corrected': {
      strength: f.percent(season?.strength ?? 0, 0),
      factor: f.decimal(season?.correction ?? 1, 2),
    },
    'week-corrected': { factor: f.decimal(week?.correction ?? 1, 2) },
    'drift-found': drifted,
    'drift-corrected': { ...drifted, factor: f.decimal(drift?.correction ?? 1, 2) },
    'left-truncated': {
      until: truncation?.untilOn ? f.date(truncation.untilOn) : '',
      customers: f.count(truncation?.excessCustomers ?? 0),
    },
  };
  return (code) => word(`valuation.doubt.${code}`, params[code]);
}
