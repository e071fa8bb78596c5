import type { BenchModel, ModelEvaluateInput } from '@kezi/contract';
import { Button, InputNumber } from 'antd';
import { useMemo, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { saveFile, toCsv } from '../../../../ui/chart/chart-table.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field } from '../../../../ui/field.js';
import { Panel } from '../../../../ui/panel.js';
import { evaluateModel } from '../api/models.js';
import { countsOrders, looksAhead, takesDiscount, type Model } from '../fit-choices.js';
import { numbered, readTable, type SmallTable } from '../read-table.js';
import { patience, useCalculation } from '../use-calculation.js';
import { useWords } from '../words.js';
import styles from './models.module.css';
import { Running } from '../../../../ui/running.js';
import { TableInput } from './table-input.js';

interface AskPanelProps {
  name: BenchModel;
  fit: Model;
  horizon: number | null;
  /** The text of the table that the model was fitted to. */
  ownText: string;
}

/** Puts rows to the model: those it was fitted to, or any others. */
export function AskPanel({ name, fit, horizon, ownText }: AskPanelProps) {
  const t = useWords();
  const [text, setText] = useState('');
  const [question, setQuestion] = useState<Omit<ModelEvaluateInput, 'model' | 'rows'>>(
    looksAhead(name) ? { horizon: horizon ?? 12 } : {},
  );
  const table = useMemo(() => readTable(text), [text]);
  const asking = useCalculation(evaluateModel);
  const set = (key: keyof typeof question) => (value: number | null) =>
    setQuestion({ ...question, [key]: value ?? undefined });
  const ask = () => {
    if (!('fault' in table)) void asking.start({ model: fit, rows: table.rows, ...question });
  };
  return (
    <Panel title={t('models.ask')} hint={t('models.askHint')}>
      <TableInput
        label={t('models.askRows')}
        hint={t('models.askRowsHint')}
        text={text}
        table={table}
        onText={setText}
        example={{ label: t('models.sameRows'), fill: () => setText(ownText) }}
      />
      <div className={styles['fields']}>
        {looksAhead(name) ? (
          <Field label={t('models.horizon')} hint={t('models.horizonHint')}>
            <InputNumber min={0.01} max={1e6} value={question.horizon ?? null} onChange={set('horizon')} />
          </Field>
        ) : null}
        {takesDiscount(name) ? (
          <Field label={t('models.discountRate')} hint={t('models.discountRateHint')} optional>
            <InputNumber
              min={0.000001}
              max={10}
              step={0.001}
              value={question.discountRate ?? null}
              onChange={set('discountRate')}
            />
          </Field>
        ) : null}
        {countsOrders(name) ? (
          <Field label={t('models.pmf')} hint={t('models.pmfHint')} optional>
            <InputNumber min={0} max={100} precision={0} value={question.pmf ?? null} onChange={set('pmf')} />
          </Field>
        ) : null}
      </div>
      <div className={styles['buttons']}>
        <Button type="primary" disabled={'fault' in table || asking.since !== null} onClick={ask}>
          {t('models.askNow')}
        </Button>
      </div>
      {asking.since === null ? null : (
        <Running
          patience={patience}
          label={t('models.asking')}
          since={asking.since}
          onCancel={asking.cancel}
        />
      )}
      {asking.error === null ? null : <ErrorState error={asking.error} size="band" onRetry={ask} />}
      {asking.result === null || 'fault' in table ? null : (
        <Answers table={table} answers={asking.result.items} file={name} />
      )}
    </Panel>
  );
}

/** Rows shown; the file holds all of them. */
const shown = 50;

interface AnswersProps {
  table: SmallTable;
  answers: Record<string, unknown>[];
  file: string;
}

function Answers({ table, answers, file }: AnswersProps) {
  const t = useWords();
  const f = useFormats();
  const names = [...new Set(answers.flatMap((answer) => ('error' in answer ? [] : Object.keys(answer))))];
  const plain = (value: unknown): string | number | null =>
    typeof value === 'number' || typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map((each: unknown) => (typeof each === 'number' ? each.toPrecision(4) : '')).join(' ')
        : null;
  const told = (value: unknown): string =>
    typeof value === 'number'
      ? f.decimal(value, 4)
      : Array.isArray(value)
        ? value.map((each: unknown) => f.percent(Number(each), 1)).join(' ')
        : String(plain(value) ?? '–');
  const save = () => {
    const columns = [...table.columns, ...names, t('models.error')];
    const rows = answers.map((answer, i) => [
      ...table.columns.map((column) => table.rows[i]?.[column] ?? null),
      ...names.map((name) => plain(answer[name])),
      plain(answer['error']),
    ]);
    const csv = toCsv({ columns: columns.map((label) => ({ id: label, label })), rows });
    saveFile(`${file}-answers.csv`, new Blob([csv], { type: 'text/csv' }));
  };
  return (
    <>
      <div className={styles['buttons']}>
        <span>{t('models.answered', { rows: f.count(answers.length) })}</span>
        <Button onClick={save}>{t('models.saveCsv')}</Button>
      </div>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {[...table.columns, ...names].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(answers.slice(0, shown)).map(({ number, row: answer }) => (
              <tr key={number}>
                {table.columns.map((column) => (
                  <td key={column}>{table.rows[number]?.[column]}</td>
                ))}
                {'error' in answer ? (
                  <td colSpan={Math.max(1, names.length)} className={styles['words']}>
                    {String(answer['error'])}
                  </td>
                ) : (
                  names.map((name) => <td key={name}>{told(answer[name])}</td>)
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
