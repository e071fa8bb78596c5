import { InputNumber, Popover } from 'antd';
import styles from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { Icon } from './icon.js';
import { useCommonWords } from './words.js';

type Range = Extract<Filter, { kind: 'range' }>;

/** From and to of a figure, behind a button that says what is chosen. */
export default function RangeFilter({ filter }: { filter: Range }) {
  const { min, max } = filter.value;
  const isSet = min !== undefined || max !== undefined;
  return (
    <Popover trigger="click" placement="bottomLeft" content={<RangeFields filter={filter} />}>
      <button type="button" className={`${styles['button']} ${isSet ? styles['set'] : ''}`}>
        {rangeText(filter)}
        <Icon name="down" size={14} />
      </button>
    </Popover>
  );
}

function rangeText({ label, value, suffix = '' }: Range): string {
  const { min, max } = value;
  if (min === undefined && max === undefined) return label;
  if (max === undefined) return `${label} ≥ ${min}${suffix}`;
  if (min === undefined) return `${label} ≤ ${max}${suffix}`;
  return `${label} ${min}–${max}${suffix}`;
}

function RangeFields({ filter }: { filter: Range }) {
  const t = useCommonWords();
  const { min, max } = filter.value;
  const suffix = filter.suffix === undefined ? {} : { suffix: filter.suffix };
  return (
    <div className={styles['range']}>
      <InputNumber
        {...suffix}
        value={min ?? null}
        placeholder={t('filter.min')}
        aria-label={`${filter.label} ${t('filter.min')}`}
        onChange={(value) => filter.onChange({ min: value ?? undefined, max })}
      />
      <span aria-hidden="true">{'–'}</span>
      <InputNumber
        {...suffix}
        value={max ?? null}
        placeholder={t('filter.max')}
        aria-label={`${filter.label} ${t('filter.max')}`}
        onChange={(value) => filter.onChange({ min, max: value ?? undefined })}
      />
    </div>
  );
}
