import type { ClusterFeature } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { clusterColumns } from './cluster-features.js';
import { traitsOf, type ClusterFigures } from './cluster.rules.js';

const plain: Readonly<Record<Language, string>> = { 'zh-CN': '各项居中', 'en-US': 'about average' };

function traitWords(
  features: readonly ClusterFeature[],
  figures: Pick<ClusterFigures, 'features'>,
  language: Language,
): string[] {
  const words = traitsOf(figures).flatMap(({ at, side }) => {
    const feature = features[at];
    return feature === undefined ? [] : [clusterColumns[feature].words[language][side]];
  });
  return words.length === 0 ? [plain[language]] : words;
}

const below: Readonly<Record<Language, string>> = { 'zh-CN': '不到 1%', 'en-US': 'under 1%' };
/** Figures stand apart from Chinese characters. */
const gap: Readonly<Record<Language, string>> = { 'zh-CN': ' ', 'en-US': '' };

/** The name that a cluster has until somebody gives it a better one; no two of them are alike. */
export function nameOfCluster(
  run: { clusterRunId: number; features: readonly ClusterFeature[] },
  figures: ClusterFigures,
  place: number,
  language: Language,
): string {
  const traits = traitWords(run.features, figures, language).join(language === 'zh-CN' ? '·' : ', ');
  const number = `${run.clusterRunId}-${place + 1}`;
  return language === 'zh-CN' ? `客群 ${number} ${traits}` : `Cluster ${number}: ${traits}`;
}

/** A cluster in words: what sets it apart, its share of customers and, where the reader may know, of value. */
export function portraitOf(
  features: readonly ClusterFeature[],
  figures: ClusterFigures,
  { share, clvShare }: { share: number; clvShare: number | null },
  language: Language,
): string {
  const whole = new Intl.NumberFormat(language, { style: 'percent' });
  // Five of a thousand are not none.
  const isLittle = (of: number) => of > 0 && of < 0.005;
  const traits = traitWords(features, figures, language);
  const percent = (of: number) => (isLittle(of) ? below[language] : `${gap[language]}${whole.format(of)}`);
  if (language === 'zh-CN') {
    const value = clvShare === null ? '' : `、价值的${percent(clvShare)}`;
    return `${traits.join('、')}；占客户的${percent(share)}${value}`;
  }
  const value = clvShare === null ? '' : ` and ${percent(clvShare)} of value`;
  const said = traits.join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}; ${percent(share)} of customers${value}`;
}
