import { mostTableBytes } from '@kezi/contract';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { FileButton } from '../../../../ui/file-button.js';
import { Field } from '../../../../ui/field.js';
import { useToast } from '../../../../ui/toast.js';
import { readTableFile } from '../api/models.js';
import { numbered, textOfTable, type SmallTable, type TableFault } from '../read-table.js';
import { useWords } from '../words.js';
import styles from './models.module.css';

interface TableInputProps {
  label: string;
  hint: string;
  text: string;
  table: SmallTable | TableFault;
  onText: (text: string) => void;
  /** Fills in a table to try with; its button's word. */
  example?: { label: string; fill: () => void };
}

const previewed = 5;

/** A small table, pasted or out of a file, with what was understood of it. */
export function TableInput({ label, hint, text, table, onText, example }: TableInputProps) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const [isTooLarge, setTooLarge] = useState(false);
  const [isReading, setReading] = useState(false);
  const isWrong = 'fault' in table && table.fault !== 'empty';
  const open = async (file: File) => {
    setTooLarge(file.size > mostTableBytes);
    if (file.size > mostTableBytes) return;
    setReading(true);
    try {
      onText(textOfTable(await readTableFile(file)));
    } catch (error) {
      toast.failed(error);
    } finally {
      setReading(false);
    }
  };
  return (
    <>
      <Field
        label={label}
        hint={hint}
        error={isWrong ? t(`models.fault.${table.fault}`, faultWords(table)) : ''}
      >
        <Input.TextArea
          rows={6}
          value={text}
          spellCheck={false}
          style={{ fontFamily: 'monospace' }}
          onChange={(event) => onText(event.target.value)}
        />
      </Field>
      <div className={styles['buttons']}>
        <FileButton
          label={t('models.openFile')}
          loading={isReading}
          accept=".csv,.tsv,.txt,.gz,.xlsx"
          onFile={(file) => void open(file)}
        />
        {example ? <Button onClick={example.fill}>{example.label}</Button> : null}
        {text === '' ? null : (
          <Button type="text" onClick={() => onText('')}>
            {t('models.clear')}
          </Button>
        )}
      </div>
      {isTooLarge ? (
        <p className={styles['fault']} role="alert">
          {t('models.fault.too-large', { most: f.bytes(mostTableBytes) })}
        </p>
      ) : null}
      {'fault' in table ? null : (
        <>
          <p className={styles['note']}>
            {t('models.understood', {
              rows: f.count(table.rows.length),
              columns: table.columns.join(t('models.comma')),
            })}
          </p>
          <Preview table={table} />
        </>
      )}
    </>
  );
}

const faultWords = (fault: TableFault): Record<string, string | number> => {
  const { fault: _, ...rest } = fault;
  return rest;
};

function Preview({ table }: { table: SmallTable }) {
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {table.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(table.rows.slice(0, previewed)).map(({ number, row }) => (
            <tr key={number}>
              {table.columns.map((name) => (
                <td key={name}>{row[name]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
