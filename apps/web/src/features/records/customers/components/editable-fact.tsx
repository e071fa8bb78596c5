import type { CustomerDetail } from '@kezi/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { toApiError } from '../../../../lib/api-error.js';
import { useErrorText } from '../../../../ui/error-text.js';
import { Icon } from '../../../../ui/icon.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import type { CustomerField, FieldValue } from '../save-field.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';
import { factControl } from './fact-editors.js';
import { isMasked, textOf, type FactOption } from './fact-text.js';
import { useFieldSave } from './use-field-save.js';

interface EditableFactProps {
  customer: CustomerDetail;
  label: string;
  field: CustomerField;
  editable: boolean;
  /** It may not be emptied. */
  needed?: boolean;
  /** Where only these can be chosen. */
  choices?: FactOption[];
  /** Where others like it exist already; anything else may be typed. */
  suggestions?: readonly string[] | undefined;
  /** It is a day: picked from a calendar. */
  isDay?: boolean;
  /** What is read, where the value is an id. */
  shown?: string | null;
}

/** A fact that turns into its own input when it is clicked: saved on leaving it, Esc takes back what was typed. */
export function EditableFact(props: EditableFactProps) {
  const { customer, label, field, editable, needed = false, choices } = props;
  const t = useWords();
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const { save, saving, conflict, refusal, dropRefused, keepMine, keepTheirs } = useFieldSave(
    customer,
    field,
    label,
  );
  const current = field.read(customer);
  const read = (value: FieldValue) =>
    choices?.find((choice) => choice.value === value)?.label ?? textOf(value);
  const shown = props.shown === undefined ? read(current) : (props.shown ?? '');
  const finish = (value: FieldValue) => {
    setEditing(false);
    dropRefused();
    if (value === current) return;
    if (needed && value === null)
      return toast.done(t('customers.neededKept', { field: label, value: shown }));
    void save(value);
  };
  const words =
    shown === '' ? <span className={styles['empty']}>{t('customers.empty')}</span> : <span>{shown}</span>;
  return (
    <div className={styles['fact']} aria-busy={saving}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <factControl.Part
            {...props}
            current={current}
            begun={refusal === null ? current : refusal.mine}
            waiting={<span className={styles['shown']}>{words}</span>}
            onFinish={finish}
            onLeave={() => setEditing(false)}
          />
        ) : editable && !isMasked(current) ? (
          <button
            type="button"
            className={styles['edit']}
            data-edit
            aria-label={t('customers.editField', { field: label, value: shown })}
            onClick={() => setEditing(true)}
          >
            {words}
            <Icon name="edit" size={14} />
          </button>
        ) : (
          <span className={styles['shown']} title={isMasked(current) ? t('customers.masked') : undefined}>
            {words}
          </span>
        )}
        {refusal === null || editing ? null : (
          <RefusalNote
            error={refusal.error}
            mine={read(refusal.mine)}
            onAgain={() => setEditing(true)}
            onDrop={dropRefused}
          />
        )}
        {conflict ? (
          <ConflictNote
            theirs={read(field.read(conflict.theirs))}
            mine={read(conflict.mine)}
            onMine={() => void keepMine()}
            onTheirs={keepTheirs}
          />
        ) : null}
      </dd>
    </div>
  );
}

interface RefusalNoteProps {
  error: unknown;
  mine: string;
  onAgain: () => void;
  onDrop: () => void;
}

/** What was typed could not be saved: why, and on from there, so that nothing has to be typed twice. */
export function RefusalNote({ error, mine, onAgain, onDrop }: RefusalNoteProps) {
  const t = useWords();
  const errorText = useErrorText();
  return (
    <div className={styles['conflict']} role="alert">
      {mine === '' ? errorText(error) : t('customers.refused', { mine, why: errorText(error) })}{' '}
      <code className={styles['code']}>{toApiError(error).code}</code>
      <div className={styles['choice']}>
        <Button size="small" type="primary" onClick={onAgain}>
          {t('customers.refusedAgain')}
        </Button>
        <Button size="small" onClick={onDrop}>
          {t('customers.refusedDrop')}
        </Button>
      </div>
    </div>
  );
}

interface ConflictNoteProps {
  theirs: string;
  mine: string;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same fact: both values, and one click for either. Nothing typed is lost. */
export function ConflictNote({ theirs, mine, onMine, onTheirs }: ConflictNoteProps) {
  const t = useWords();
  const common = useCommonWords();
  const named = (value: string) => (value === '' ? common('common.none') : value);
  return (
    <div className={styles['conflict']} role="alert">
      {t('customers.conflict', { theirs: named(theirs), mine: named(mine) })}
      <div className={styles['choice']}>
        <Button size="small" type="primary" onClick={onMine}>
          {t('customers.conflictMine')}
        </Button>
        <Button size="small" onClick={onTheirs}>
          {t('customers.conflictTheirs')}
        </Button>
      </div>
    </div>
  );
}
