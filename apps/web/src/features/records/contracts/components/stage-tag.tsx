import type { ContractRow, ContractStage } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';

const tones = {
  draft: 'neutral',
  upcoming: 'accent',
  running: 'good',
  ending: 'warn',
  ended: 'neutral',
  terminated: 'neutral',
} as const satisfies Record<ContractStage, string>;

/** Where a contract stands, in a word. */
export function StageTag({ stage }: { stage: ContractStage }) {
  const t = useWords();
  return <Tag tone={tones[stage]}>{t(`contracts.stage.${stage}`)}</Tag>;
}

/** From when until when. */
export function Term({ contract }: { contract: Pick<ContractRow, 'startsOn' | 'endsOn'> }) {
  const t = useWords();
  const f = useFormats();
  const from = f.date(contract.startsOn);
  return contract.endsOn === null
    ? t('contracts.open', { from })
    : t('contracts.term', { from, until: f.date(contract.endsOn) });
}
