import type { LifecycleStage } from '@kezi/contract';
import { Tag } from './tag.js';
import { useCommonWords } from './words.js';

const tones = {
  prospect: 'neutral',
  new: 'accent',
  growing: 'good',
  mature: 'good',
  'at-risk': 'warn',
  dormant: 'bad',
  lost: 'bad',
  'won-back': 'accent',
} as const;

/** Where a customer stands in the lifecycle, in a word. */
export function StageTag({ stage }: { stage: LifecycleStage }) {
  const t = useCommonWords();
  return <Tag tone={tones[stage]}>{t(`stage.${stage}`)}</Tag>;
}
