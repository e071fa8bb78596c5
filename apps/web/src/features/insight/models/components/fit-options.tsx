import { InputNumber, Select } from 'antd';
import { Field } from '../../../../ui/field.js';
import { manyColumns, oneColumn, type FitChoices, type ListedModel } from '../fit-choices.js';
import { useWords } from '../words.js';
import styles from './models.module.css';

interface FitOptionsProps {
  model: ListedModel;
  columns: readonly string[];
  choices: FitChoices;
  onChoices: (choices: FitChoices) => void;
}

/** Figures that a fit may be told, with their least and most. */
const figures = {
  ridge: { min: 0, max: 1e9, step: 0.1 },
  k: { min: 1, max: 20, step: 1 },
  holdoutEvery: { min: 2, max: 10_000, step: 1 },
  clusters: { min: 1, max: 50, step: 1 },
} as const;

/** What a fit must and may be told: which column is which, and a few figures. Nothing is shown that the model has no use for. */
export function FitOptions({ model, columns, choices, onChoices }: FitOptionsProps) {
  const t = useWords();
  const { takes, needs } = model;
  if (takes.length === 0) return null;
  const options = columns
    .filter((name) => !model.columns.includes(name.toLowerCase()) && name.toLowerCase() !== 'weight')
    .map((name) => ({ value: name, label: name }));
  const set = (change: FitChoices) => onChoices({ ...choices, ...change });
  const labels = (name: ListedModel['takes'][number]) => ({
    label: t(`models.take.${name}`),
    hint: t(`models.takeHint.${name}`),
    optional: !needs.includes(name),
  });
  return (
    <div className={styles['fields']}>
      {oneColumn
        .filter((name) => takes.includes(name))
        .map((name) => (
          <Field key={name} {...labels(name)}>
            <Select
              allowClear
              value={choices[name]}
              options={options}
              onChange={(column: string | undefined) => set({ [name]: column })}
            />
          </Field>
        ))}
      {manyColumns
        .filter((name) => takes.includes(name))
        .map((name) => (
          <Field key={name} {...labels(name)}>
            <Select
              mode="multiple"
              value={Array.isArray(choices[name]) ? choices[name] : []}
              options={options}
              onChange={(names: string[]) => set({ [name]: names.length > 0 ? names : undefined })}
            />
          </Field>
        ))}
      {takes.includes('baseline') ? (
        <Field {...labels('baseline')}>
          <Select
            value={choices.baseline ?? 'log'}
            options={(['log', 'each', 'constant'] as const).map((value) => ({
              value,
              label: t(`models.baseline.${value}`),
            }))}
            onChange={(baseline) => set({ baseline })}
          />
        </Field>
      ) : null}
      {(['ridge', 'k', 'holdoutEvery', 'clusters'] as const)
        .filter((name) => takes.includes(name))
        .map((name) => (
          <Field key={name} {...labels(name)}>
            <InputNumber
              {...figures[name]}
              style={{ width: '100%' }}
              value={choices[name] ?? null}
              onChange={(value) => set({ [name]: value ?? undefined })}
            />
          </Field>
        ))}
    </div>
  );
}
