import type { TierDefinition, TierDoubt, TierFeature, TierPreview } from '@kezi/contract';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import { indicatorName } from './indicator-name.js';
import styles from './tiers.module.css';

/** From what makes a policy useless down to what is only good to know. */
const gravity = [
  'contradiction',
  'not-valued',
  'all-in-one',
  'tier-empty',
  'ties',
  'constant',
  'holes',
] as const satisfies readonly TierDoubt['kind'][];

/** One doubt or several that say the same of different indicators, to the percent. */
type Alike = [TierDoubt, ...TierDoubt[]];

function alikeOf(doubts: readonly TierDoubt[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const doubt of doubts) {
    const ofIndicator = doubt.kind === 'holes' || doubt.kind === 'constant';
    const what = ofIndicator ? Math.round(100 * (doubt.figure ?? 0)) : doubt.subject;
    const key = `${doubt.kind} ${what ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(doubt);
    else groups.set(key, [doubt]);
  }
  return [...groups.values()].sort(
    ([one], [other]) => gravity.indexOf(one.kind) - gravity.indexOf(other.kind),
  );
}

interface DoubtsProps {
  preview: TierPreview;
  features: readonly TierFeature[];
  definition: TierDefinition;
}

/** What speaks against a policy that is tried, the worst first. */
export function Doubts({ preview, features, definition }: DoubtsProps) {
  return alikeOf(preview.doubts).map((doubts) => {
    const [{ kind, subject }] = doubts;
    const props = { doubts, preview, features, definition };
    const isMany = doubts.length > named;
    return isMany && (kind === 'holes' || kind === 'constant') ? (
      <ManyDoubts key={`${kind} ${subject ?? ''}`} kind={kind} {...props} />
    ) : (
      <DoubtLine key={`${kind} ${subject ?? ''}`} {...props} />
    );
  });
}

function DoubtLine({ doubts, preview, features, definition }: DoubtsProps & { doubts: Alike }) {
  const t = useWords();
  const f = useFormats();
  const [doubt] = doubts;
  const tier = preview.toTiers.find((each) => String(each.tierId) === doubt.subject)?.name ?? '';
  const axis = definition.axes.find((each) => each.key === doubt.subject)?.name ?? t('tiers.axes');
  const nameOf = (subject: string) =>
    definition.axes.find((each) => each.key === subject)?.name ?? indicatorName(subject, features);
  const worst = preview.consistency.find((each) => each.of === doubt.subject)?.worst;
  return (
    <p className={styles['warn']}>
      {t(`tiers.doubt.${doubt.kind}`, {
        tier,
        axis,
        feature: doubts.map(({ subject }) => indicatorName(subject ?? '', features)).join(' · '),
        share: f.percent(doubt.figure ?? 0, 0),
        times: f.decimal(doubt.figure ?? 0, 1),
        ratio: f.decimal(doubt.figure ?? 0, 2),
        first: nameOf(worst?.first ?? ''),
        second: nameOf(worst?.second ?? ''),
      })}
    </p>
  );
}

/** So many names are read in one sentence. */
const named = 3;

/** The same of many indicators: how many they are, the first by name, all of them once they are asked for. */
function ManyDoubts({ doubts, features, kind }: DoubtsProps & { doubts: Alike; kind: 'holes' | 'constant' }) {
  const t = useWords();
  const f = useFormats();
  const [isOpen, setOpen] = useState(false);
  const names = doubts.map(({ subject }) => indicatorName(subject ?? '', features));
  return (
    <div className={styles['warn']}>
      {t(`tiers.doubts.${kind}`, {
        count: f.count(names.length),
        share: f.percent(doubts[0].figure ?? 0, 0),
      })}
      <ul className={styles['named']}>
        {(isOpen ? names : names.slice(0, named)).map((name) => (
          <li key={name}>{name}</li>
        ))}
        <li>
          <button
            type="button"
            className={styles['name']}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen
              ? t('tiers.doubts.fewer')
              : t('tiers.doubts.more', { count: f.count(names.length - named) })}
          </button>
        </li>
      </ul>
    </div>
  );
}
