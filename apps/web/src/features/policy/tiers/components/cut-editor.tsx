import type { Tier, TierDefinition } from '@kezi/contract';
import { InputNumber, Select } from 'antd';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import { Field } from '../../../../ui/field.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { changeWhole, usualCuts } from '../policy-draft.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface CutEditorProps {
  definition: TierDefinition;
  tiers: readonly Tier[];
  /** To begin with, where tiers are cut by number. */
  customers: number;
  onChange: (definition: TierDefinition) => void;
}

/** How scores become tiers: cut-offs, and what keeps customers from going to and fro. */
export function CutEditor({ definition, tiers, customers, onChange }: CutEditorProps) {
  const t = useWords();
  const { cut, cuts } = definition;
  const typedOf = (kept: number) => (cut === 'quantile' ? percentOfShare(kept) : kept);
  const setCut = (at: number, typed: number) => {
    const kept = cut === 'quantile' ? shareOfPercent(typed) : typed;
    onChange(changeWhole(definition, { cuts: cuts.map((each, i) => (i === at ? kept : each)) }));
  };
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <Select
          value={definition.total}
          aria-label={t('tiers.total')}
          options={(['sum', 'topsis'] as const).map((value) => ({ value, label: t(`tiers.total.${value}`) }))}
          onChange={(total) => onChange(changeWhole(definition, { total }))}
        />
        <Select
          value={cut}
          aria-label={t('tiers.cut')}
          options={(['quantile', 'score', 'count'] as const).map((value) => ({
            value,
            label: t(`tiers.cut.${value}`),
          }))}
          onChange={(next) =>
            onChange(changeWhole(definition, { cut: next, cuts: usualCuts(next, tiers.length, customers) }))
          }
        />
      </div>
      {tiers.map((tier, i) => (
        <div key={tier.tierId} className={styles['row']}>
          <span className={styles['grow']}>
            <TierBadge badge={tier.badge} name={tier.name} />
          </span>
          {i < tiers.length - 1 ? (
            <InputNumber
              className={styles['grow'] ?? ''}
              aria-label={t('tiers.cutOf', { tier: tier.name })}
              prefix={t(`tiers.cutPrefix.${cut}`)}
              suffix={t(`tiers.cutSuffix.${cut}`)}
              min={0}
              value={typedOf(cuts[i] ?? 0)}
              onChange={(value) => setCut(i, value ?? 0)}
            />
          ) : (
            <span className={`${styles['grow']} ${styles['note']}`}>{t('tiers.cutRest')}</span>
          )}
        </div>
      ))}
      <Field label={t('tiers.hysteresis')} hint={t('tiers.hysteresisHint')}>
        <InputNumber
          min={0}
          max={20}
          suffix={t('tiers.pointsUnit')}
          value={definition.hysteresis}
          onChange={(hysteresis) => onChange(changeWhole(definition, { hysteresis: hysteresis ?? 0 }))}
        />
      </Field>
      <Field label={t('tiers.minimumStay')} hint={t('tiers.minimumStayHint')}>
        <InputNumber
          min={0}
          max={36}
          precision={0}
          suffix={t('tiers.months')}
          value={definition.minimumStayMonths}
          onChange={(months) => onChange(changeWhole(definition, { minimumStayMonths: months ?? 0 }))}
        />
      </Field>
      <Field label={t('tiers.demotionApproval')}>
        <Select
          value={definition.demotionApproval}
          options={(['all', 'none'] as const).map((value) => ({
            value,
            label: t(`tiers.demotionApproval.${value}`),
          }))}
          onChange={(demotionApproval) => onChange(changeWhole(definition, { demotionApproval }))}
        />
      </Field>
    </div>
  );
}
