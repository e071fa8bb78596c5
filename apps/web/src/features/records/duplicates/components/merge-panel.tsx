import type { DuplicateCard, DuplicatePair, MergeChoice, MergeField, MergePreview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { usePersonName } from '../../../../lib/person-names.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { mergeQuery, undoMerge, useMerge } from '../api/duplicates.js';
import { useWords } from '../words.js';
import { CustomerCard } from './customer-card.js';
import styles from './pair-list.module.css';
import { useFieldName, useRowName, useUndoText } from './use-merge-words.js';

interface MergePanelProps {
  pair: DuplicatePair;
  onClose: () => void;
  onMerged: () => void;
}

/** Who has more orders likely is the one that people know. */
function initialRemaining({ a, b }: DuplicatePair): DuplicateCard {
  return (b.orders ?? 0) > (a.orders ?? 0) ? b : a;
}

/** Two customers side by side, field by field, and what goes over; then they are one. */
export function MergePanel({ pair, onClose, onMerged }: MergePanelProps) {
  const t = useWords();
  const common = useCommonWords();
  const toast = useToast();
  const undoText = useUndoText();
  const [remaining, setRemaining] = useState(() => initialRemaining(pair));
  const [choices, setChoices] = useState<Record<string, MergeChoice>>({});
  const gone = remaining.customerId === pair.a.customerId ? pair.b : pair.a;
  const query = useQuery(mergeQuery(remaining.customerId, gone.customerId));
  const merge = useMerge(remaining.customerId);
  const submit = ({ remaining: kept, merged }: MergePreview) =>
    merge.mutate(
      {
        mergedId: merged.customerId,
        rowVersion: kept.rowVersion,
        mergedRowVersion: merged.rowVersion,
        fields: choices,
      },
      {
        onSuccess: (done) => {
          onMerged();
          toast.undo(t('duplicates.merged', { gone: merged.name, kept: done.customer.name }), async () => {
            toast.done(undoText(await undoMerge(done.merge.customerMergeId)));
            onMerged();
          });
        },
        onError: (error) => {
          toast.failed(error);
          void query.refetch();
        },
      },
    );
  return (
    <SidePanel
      open
      onClose={onClose}
      title={t('duplicates.mergeTitle')}
      width={640}
      footer={
        <>
          <Button onClick={onClose}>{common('common.cancel')}</Button>
          <Button
            type="primary"
            disabled={query.data === undefined}
            loading={merge.isPending}
            onClick={() => query.data && submit(query.data)}
          >
            {t('duplicates.doMerge')}
          </Button>
        </>
      }
    >
      <div className={styles['sections']}>
        <p>{t('duplicates.keepWhich')}</p>
        <Radio.Group
          value={remaining.customerId}
          onChange={(event) => {
            setRemaining(event.target.value === pair.a.customerId ? pair.a : pair.b);
            setChoices({});
          }}
        >
          {[pair.a, pair.b].map((card) => (
            <Radio key={card.customerId} value={card.customerId}>
              <CustomerCard card={card} />
            </Radio>
          ))}
        </Radio.Group>
        <QueryView query={query}>
          {(preview) => (
            <>
              <Fields
                fields={preview.fields}
                choices={choices}
                onChoose={(field, choice) => setChoices({ ...choices, [field]: choice })}
              />
              <Rows rows={preview.rows} />
              <p className={styles['faint']}>{t('duplicates.undoNote')}</p>
            </>
          )}
        </QueryView>
      </div>
    </SidePanel>
  );
}

interface FieldsProps {
  fields: readonly MergeField[];
  choices: Readonly<Record<string, MergeChoice>>;
  onChoose: (field: string, choice: MergeChoice) => void;
}

function Fields({ fields, choices, onChoose }: FieldsProps) {
  const t = useWords();
  const nameOf = useFieldName();
  const textOf = (field: string, value: unknown) => {
    if (value === null || value === undefined || value === '') return t('duplicates.empty');
    if (field === 'ownerId' && typeof value === 'number') return <PersonText userId={value} />;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  if (fields.length === 0) return <p className={styles['faint']}>{t('duplicates.noFields')}</p>;
  return (
    <section>
      <h3>{t('duplicates.fields')}</h3>
      <table className={styles['fields']}>
        <tbody>
          {fields.map(({ field, choice, ...values }) => (
            <tr key={field}>
              <th scope="row">{nameOf(field)}</th>
              {(['remaining', 'merged'] as const).map((side) => (
                <td key={side}>
                  <Radio
                    name={`merge-${field}`}
                    checked={(choices[field] ?? choice) === side}
                    onChange={() => onChoose(field, side)}
                  >
                    {textOf(field, values[side])}
                  </Radio>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PersonText({ userId }: { userId: number }) {
  return usePersonName(userId) ?? '–';
}

function Rows({ rows }: { rows: MergePreview['rows'] }) {
  const t = useWords();
  const f = useFormats();
  const nameOf = useRowName();
  if (rows.length === 0) return <p className={styles['faint']}>{t('duplicates.noRows')}</p>;
  const counts = new Map<string, number>();
  for (const { table, count } of rows) counts.set(nameOf(table), (counts.get(nameOf(table)) ?? 0) + count);
  return (
    <section>
      <h3>{t('duplicates.rows')}</h3>
      <p>{[...counts].map(([name, count]) => `${name} ${f.count(count)}`).join(' · ')}</p>
    </section>
  );
}
