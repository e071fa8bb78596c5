import type { ImportBatch, ImportColumn, ImportKind } from '@kezi/contract';
import { Select } from 'antd';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { Tag } from '../../../../ui/tag.js';
import { fieldsOf, isMet, keepsOwnFields, needsOf } from '../fields.js';
import { choiceOf, guessState, leftOut, ownField, withChoice } from '../map-columns.js';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import styles from './map-step.module.css';

interface ColumnsPanelProps {
  batch: ImportBatch;
  onChange: (columns: ImportBatch['mapping']['columns']) => void;
}

const hintOf = (kind: ImportKind) =>
  kind === 'orders' || kind === 'customers' || kind === 'products' ? kind : 'records';

/** Which column is which field: guessed, with samples, to be corrected. */
export function ColumnsPanel({ batch, onChange }: ColumnsPanelProps) {
  const t = useWords();
  return (
    <Panel
      className={styles['head'] ?? ''}
      title={t('imports.columns')}
      hint={t(`imports.columns.hint.${hintOf(batch.kind)}`)}
      padding="none"
      extra={<Needs batch={batch} />}
    >
      <ul className={styles['columns']}>
        {batch.columns.map((column) => (
          <ColumnLine
            key={column.index}
            batch={batch}
            column={column}
            onChoose={(choice) => onChange(withChoice(batch.mapping.columns, column, choice))}
          />
        ))}
      </ul>
    </Panel>
  );
}

/** What the file must say, met or missing, always in sight. */
function Needs({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const mapped = new Set(Object.keys(batch.mapping.columns));
  return (
    <ul className={styles['needs']} aria-label={t('imports.needs')}>
      {needsOf[batch.kind].map((need) => {
        const met = isMet(need, mapped);
        return (
          <li key={need.id}>
            <Tag tone={met ? 'good' : 'bad'}>
              <span className={styles['need']}>
                <Icon name={met ? 'check' : 'warning'} size={14} />
                {t(`imports.need.${need.id}` as Word)}
                <span className={met ? 'kz-unseen' : ''}>
                  {t(met ? 'imports.need.met' : 'imports.need.missing')}
                </span>
              </span>
            </Tag>
          </li>
        );
      })}
    </ul>
  );
}

interface ColumnLineProps {
  batch: ImportBatch;
  column: ImportColumn;
  onChoose: (choice: string) => void;
}

function ColumnLine({ batch, column, onChoose }: ColumnLineProps) {
  const t = useWords();
  const { kind, mapping } = batch;
  const choice = choiceOf(mapping.columns, column.index);
  const name = column.name === '' ? t('imports.columnNo', { index: column.index }) : column.name;
  const required = new Set(needsOf[kind].flatMap((need) => need.ways.flat()));
  const fields = fieldsOf[kind].map((field) => {
    const other = batch.columns.find((one) => one.index === mapping.columns[field]);
    const label = t(`imports.field.${field}`) + (required.has(field) ? ' *' : '');
    const isTaken = other !== undefined && other.index !== column.index;
    return {
      value: field,
      label: isTaken ? t('imports.taken', { field: label, column: other.name }) : label,
    };
  });
  const own = keepsOwnFields(kind) ? [{ value: ownField, label: t('imports.keep', { name }) }] : [];
  return (
    <li className={`${styles['column']} ${choice === leftOut ? styles['out'] : ''}`}>
      <div className={styles['name']}>
        <span className={styles['index']}>{column.index}</span>
        <strong>{name}</strong>
      </div>
      <div className={styles['samples']}>
        {column.samples.slice(0, 3).map((sample) => (
          <span key={sample} className={styles['sample']}>
            {sample}
          </span>
        ))}
      </div>
      <Select
        className={styles['choice'] ?? ''}
        aria-label={t('imports.fieldOf', { name })}
        value={choice}
        onChange={onChoose}
        showSearch={{ optionFilterProp: 'label' }}
        options={[{ value: leftOut, label: t('imports.leaveOut') }, ...own, ...fields]}
      />
      <Guess batch={batch} column={column} />
    </li>
  );
}

const tones = { guessed: 'good', unsure: 'warn', chosen: 'accent', out: 'neutral' } as const;

function Guess({ batch, column }: { batch: ImportBatch; column: ImportColumn }) {
  const t = useWords();
  const state = guessState(batch.mapping.columns, column);
  const percent = Math.round(column.confidence * 100);
  return (
    <span className={styles['guess']}>
      <Tag tone={tones[state]}>{t(`imports.guess.${state}`, { percent })}</Tag>
    </span>
  );
}
