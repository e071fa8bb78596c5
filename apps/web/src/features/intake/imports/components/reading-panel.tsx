import {
  delimiters,
  encodings,
  type Delimiter,
  type Encoding,
  type ImportBatch,
  type ImportPatch,
} from '@kezi/contract';
import { Select } from 'antd';
import { Field } from '../../../../ui/field.js';
import { Icon } from '../../../../ui/icon.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './map-step.module.css';

const delimiterWords = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar', blanks: 'blanks' } as const;

interface ReadingPanelProps {
  batch: ImportBatch;
  onChange: (change: NonNullable<ImportPatch['reading']>) => void;
}

/** How the file is read: what was found out, each part open to correction. */
export function ReadingPanel({ batch, onChange }: ReadingPanelProps) {
  const t = useWords();
  const { reading, sheets, warnings } = batch;
  // Of a file that an earlier version read it may be another one: it stands there as it is.
  const encoding = reading.encoding as Encoding | null;
  const delimiter = reading.delimiter as Delimiter | null;
  const isText = reading.format === 'delimited';
  // Parquet names its columns and says how its values are written: nothing is left to correct.
  const isOpen = reading.format !== 'parquet';
  const compressed = reading.compression === 'gzip' ? ' · gzip' : '';
  return (
    <Panel
      title={t('imports.reading')}
      hint={`${t(`imports.format.${reading.format}`)}${compressed} · ${t('imports.columnsFound', { count: batch.columns.length })}`}
    >
      {isOpen ? (
        <div className={styles['fields']}>
          {isText ? (
            <>
              <Field label={t('imports.encoding')}>
                <Select
                  value={encoding}
                  onChange={(value) => onChange({ encoding: value })}
                  options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
                />
              </Field>
              <Field label={t('imports.delimiter')}>
                <Select
                  value={delimiter}
                  onChange={(value) => onChange({ delimiter: value })}
                  options={delimiters.map((value) => ({
                    value,
                    label: t(`imports.delimiter.${delimiterWords[value]}`),
                  }))}
                />
              </Field>
            </>
          ) : null}
          {sheets.length > 0 ? (
            <Field label={t('imports.sheet')}>
              <Select
                value={reading.sheet}
                onChange={(sheet) => onChange({ sheet })}
                options={sheets.map((value) => ({ value, label: value }))}
              />
            </Field>
          ) : null}
          <Field label={t('imports.header')}>
            <Select
              value={reading.header}
              onChange={(header) => onChange({ header })}
              options={[
                { value: true, label: t('imports.header.yes') },
                { value: false, label: t('imports.header.no') },
              ]}
            />
          </Field>
        </div>
      ) : null}
      {warnings.map((warning) => (
        <p key={`${warning.code} ${warning.detail}`} className={styles['warning']}>
          <Icon name="warning" size={16} />
          {warning.detail}
        </p>
      ))}
    </Panel>
  );
}
