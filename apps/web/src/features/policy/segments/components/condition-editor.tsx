import {
  customerSizes,
  lifecycleStages,
  rfmSegments,
  type RfmCuts,
  type SegmentCondition,
  type SegmentFieldList,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { useCommonWords } from '../../../../ui/words.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { teamsQuery } from '../api/segments.js';
import { isComplete, newCondition, shapeOf, testsOf } from '../rule-draft.js';
import { useFieldName } from '../use-field-name.js';
import { useWords } from '../words.js';
import styles from './segments.module.css';

interface ConditionProps {
  condition: SegmentCondition;
  fields: SegmentFieldList;
  disabled: boolean;
  /** Somebody wanted to keep the rule: what is not filled in says so. */
  isAsked: boolean;
  onChange: (condition: SegmentCondition) => void;
  onRemove: () => void;
}

/** On a phone the button is above and the condition may be far below. */
const bringIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

/** One condition: what is looked at, how it is tested, and with what it is compared. */
export function ConditionEditor({
  condition,
  fields,
  disabled,
  isAsked,
  onChange,
  onRemove,
}: ConditionProps) {
  const t = useWords();
  const nameOf = useFieldName(fields);
  const name = nameOf(condition.field);
  const offered = fields.items.some(({ field }) => field === condition.field)
    ? fields.items
    : [...fields.items, { field: condition.field, name: null, kind: '' }];
  return (
    <li className={styles['condition']}>
      <Select
        className={styles['field'] ?? ''}
        aria-label={t('segments.field')}
        showSearch
        optionFilterProp="label"
        disabled={disabled}
        value={condition.field}
        options={offered.map(({ field }) => ({ value: field, label: nameOf(field) }))}
        onChange={(field) => onChange(newCondition(field))}
      />
      <Select
        className={styles['test'] ?? ''}
        aria-label={t('segments.testOf', { field: name })}
        disabled={disabled}
        value={condition.is}
        options={testsOf(condition.field).map((value) => ({ value, label: t(`segments.test.${value}`) }))}
        onChange={(is) => onChange({ ...newCondition(condition.field), is })}
      />
      <span className={styles['values']}>
        <Compared condition={condition} fields={fields} disabled={disabled} name={name} onChange={onChange} />
      </span>
      {disabled ? null : (
        <IconButton icon="close" label={t('segments.removeCondition', { field: name })} onClick={onRemove} />
      )}
      {isAsked && !isComplete(condition) ? (
        <p ref={bringIntoView} role="alert" className={styles['open']}>
          {t('segments.conditionOpen')}
        </p>
      ) : null}
    </li>
  );
}

interface ComparedProps extends Omit<ConditionProps, 'onRemove' | 'isAsked'> {
  name: string;
}

function Compared(props: ComparedProps) {
  const { condition, disabled, name, onChange } = props;
  const t = useWords();
  switch (condition.is) {
    case 'in':
    case 'not-in':
      return <ValuesField {...props} />;
    case 'contains':
      return (
        <Input
          className={styles['wide'] ?? ''}
          aria-label={name}
          maxLength={200}
          disabled={disabled}
          value={String(condition.values?.[0] ?? '')}
          onChange={(event) =>
            onChange({ ...condition, values: event.target.value === '' ? [] : [event.target.value] })
          }
        />
      );
    case 'between':
      return shapeOf(condition.field) === 'day' ? <DaysBetween {...props} /> : <NumbersBetween {...props} />;
    case 'within':
    case 'beyond':
    case 'ahead':
      return (
        <InputNumber
          className={styles['number'] ?? ''}
          aria-label={t('segments.daysOf', { field: name })}
          min={0}
          max={36_500}
          precision={0}
          suffix={t('segments.days')}
          disabled={disabled}
          value={condition.days ?? null}
          onChange={(days) => onChange({ ...condition, days: days ?? undefined })}
        />
      );
    default:
      return null;
  }
}

interface Choice {
  value: string | number;
  label: string;
}

/** What can be chosen for a field; undefined where people type. */
function useChoices(
  { field, values = [] }: SegmentCondition,
  fields: SegmentFieldList,
): Choice[] | undefined {
  const t = useWords();
  const c = useCommonWords();
  const facets = useQuery({ ...facetsQuery, enabled: field === 'region' || field === 'industry' }).data;
  const offered = useQuery({ ...ownersQuery, enabled: field === 'ownerId' }).data;
  const chosen = values.filter((value) => typeof value === 'number');
  const owners = useWithChosen(offered, field === 'ownerId' ? chosen : []);
  const teams = useQuery({ ...teamsQuery, enabled: field === 'teamId' }).data?.items ?? [];
  const tiers = useQuery({ ...tiersOfTodayQuery, enabled: field === 'tierId' }).data?.tiers ?? [];
  const words = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }));
  switch (field) {
    case 'region':
      return words(facets?.regions);
    case 'industry':
      return words(facets?.industries);
    case 'tag':
      return words(fields.tags);
    case 'source':
      return words(fields.sources);
    case 'ownerId':
      return owners.map(({ id, name }) => ({ value: id, label: name }));
    case 'teamId':
      return teams.map(({ id, name }) => ({ value: id, label: name }));
    case 'tierId':
      return tiers.map(({ tierId, name }) => ({ value: tierId, label: name }));
    case 'stage':
      return lifecycleStages.map((value) => ({ value, label: c(`stage.${value}`) }));
    case 'size':
      return customerSizes.map((value) => ({ value, label: t(`segments.size.${value}`) }));
    case 'rfm':
    case 'rfmSegment':
      return rfmSegments.map((value) => ({ value, label: c(`segment.${value}`) }));
    default:
      return undefined;
  }
}

function ValuesField({ condition, fields, disabled, name, onChange }: ComparedProps) {
  const t = useWords();
  const choices = useChoices(condition, fields);
  const shape = shapeOf(condition.field);
  // Of words there may be more than the list shows: they can be typed.
  const isTyped = shape === 'word' || shape === 'custom';
  return (
    <>
      <Select
        className={styles['wide'] ?? ''}
        mode={isTyped ? 'tags' : 'multiple'}
        aria-label={name}
        placeholder={t(isTyped ? 'segments.chooseOrType' : 'segments.choose')}
        optionFilterProp="label"
        disabled={disabled}
        value={condition.values ?? []}
        options={choices ?? []}
        onChange={(values) => onChange({ ...condition, values })}
      />
      {condition.field === 'rfm' && condition.cuts ? (
        <CutsFields
          cuts={condition.cuts}
          disabled={disabled}
          onChange={(cuts) => onChange({ ...condition, cuts })}
        />
      ) : null}
    </>
  );
}

/** From where on a customer is recent, frequent and big. */
export function CutsFields({
  cuts,
  disabled,
  onChange,
}: {
  cuts: RfmCuts;
  disabled: boolean;
  onChange: (cuts: RfmCuts) => void;
}) {
  const t = useWords();
  const f = useFormats();
  return (
    <>
      {(['recencyDays', 'orders', 'amount'] as const).map((side) => (
        <InputNumber
          key={side}
          className={styles['cut'] ?? ''}
          aria-label={t(`segments.cut.${side}`)}
          prefix={t(`segments.cutPrefix.${side}`)}
          suffix={side === 'amount' ? f.currency : t(`segments.cutSuffix.${side}`)}
          min={0}
          precision={0}
          disabled={disabled}
          value={cuts[side]}
          onChange={(value) => onChange({ ...cuts, [side]: value ?? 0 })}
        />
      ))}
    </>
  );
}

/** The unit in which amounts are typed: 万 for Chinese readers, thousands for others. */
const amountUnit = { 'zh-CN': { size: 10_000, sign: '万' }, 'en-US': { size: 1000, sign: 'k' } };

function NumbersBetween({ condition, disabled, name, onChange }: ComparedProps) {
  const t = useWords();
  const f = useFormats();
  const shape = shapeOf(condition.field);
  const { size, sign } =
    shape === 'money'
      ? amountUnit[f.language]
      : shape === 'share'
        ? { size: 0.01, sign: '%' }
        : { size: 1, sign: '' };
  const side = (key: 'min' | 'max') => (
    <InputNumber
      className={styles['number'] ?? ''}
      aria-label={t(`segments.${key}Of`, { field: name })}
      prefix={key === 'min' ? '≥' : '≤'}
      suffix={sign}
      disabled={disabled}
      value={condition[key] === undefined ? null : Number((condition[key] / size).toFixed(6))}
      onChange={(value) =>
        onChange({ ...condition, [key]: value === null ? undefined : Number((value * size).toFixed(6)) })
      }
    />
  );
  return (
    <>
      {side('min')}
      {side('max')}
    </>
  );
}

function DaysBetween({ condition, name, onChange }: ComparedProps) {
  const t = useWords();
  return (
    <>
      <dayControl.Part
        label={t('segments.minOf', { field: name })}
        value={condition.from}
        max={condition.to}
        onChange={(from) => onChange({ ...condition, from })}
      />
      <dayControl.Part
        label={t('segments.maxOf', { field: name })}
        value={condition.to}
        min={condition.from}
        onChange={(to) => onChange({ ...condition, to })}
      />
    </>
  );
}
