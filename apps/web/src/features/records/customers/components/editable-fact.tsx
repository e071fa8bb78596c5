import type { CustomerDetail } from '@kezi/contract';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Icon } from '../../../../ui/icon.js';
import { useCommonWords } from '../../../../ui/words.js';
import type { CustomerField, FieldValue } from '../save-field.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';
import { useFocus } from './use-focus.js';
import { SuggestInput } from './suggest-input.js';
import { useFieldSave } from './use-field-save.js';

interface Option {
  value: string | number;
  label: string;
}

interface EditableFactProps {
  customer: CustomerDetail;
  label: string;
  field: CustomerField;
  editable: boolean;
  /** It may not be emptied. */
  needed?: boolean;
  /** Where only these can be chosen. */
  choices?: Option[];
  /** Where others like it exist already; anything else may be typed. */
  suggestions?: readonly string[] | undefined;
  /** What is read, where the value is an id. */
  shown?: string | null;
}

/** What was typed, as the kind of value that stood there before: a number stays a number where it can. */
export function valueOf(typed: string, before: FieldValue): FieldValue {
  const text = typed.trim();
  if (text === '') return null;
  if (typeof before === 'number' && Number.isFinite(Number(text.normalize('NFKC'))))
    return Number(text.normalize('NFKC'));
  return text;
}

const textOf = (value: FieldValue) => (value === null ? '' : String(value));

/** A fact that turns into its own input when it is clicked: saved on leaving it, Esc takes back what was typed. */
export function EditableFact(props: EditableFactProps) {
  const { customer, label, field, editable, needed = false, choices } = props;
  const t = useWords();
  const [editing, setEditing] = useState(false);
  const { save, saving, conflict, keepMine, keepTheirs } = useFieldSave(customer, field, label);
  const current = field.read(customer);
  const read = (value: FieldValue) =>
    choices?.find((choice) => choice.value === value)?.label ?? textOf(value);
  const shown = props.shown === undefined ? read(current) : (props.shown ?? '');
  const finish = (value: FieldValue) => {
    setEditing(false);
    if (value === current || (needed && value === null)) return;
    void save(value);
  };
  const words =
    shown === '' ? <span className={styles['empty']}>{t('customers.empty')}</span> : <span>{shown}</span>;
  return (
    <div className={styles['fact']} aria-busy={saving}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <FactControl {...props} current={current} onFinish={finish} onLeave={() => setEditing(false)} />
        ) : editable ? (
          <button
            type="button"
            className={styles['edit']}
            aria-label={t('customers.editField', { field: label, value: shown })}
            onClick={() => setEditing(true)}
          >
            {words}
            <Icon name="edit" size={14} />
          </button>
        ) : (
          <span className={styles['shown']}>{words}</span>
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

interface FactControlProps extends EditableFactProps {
  current: FieldValue;
  onFinish: (value: FieldValue) => void;
  onLeave: () => void;
}

function FactControl({ label, choices, suggestions, current, onFinish, onLeave }: FactControlProps) {
  const [typed, setTyped] = useState(textOf(current));
  const [open, setOpen] = useState(false); // once it has the focus: before, the list has no place to stand
  const shared = { ref: useFocus(), className: styles['control'] ?? '', 'aria-label': label };
  const keys = {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // the side panel stays open
      onLeave();
    },
  };
  if (choices) {
    return (
      <Select
        {...shared}
        {...keys}
        open={open}
        onOpenChange={setOpen}
        onFocus={() => setOpen(true)}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={typeof current === 'boolean' ? null : current}
        options={choices}
        onChange={(value) => onFinish(value ?? null)}
        onBlur={onLeave}
      />
    );
  }
  const finish = () => onFinish(valueOf(typed, current));
  return (
    <SuggestInput
      {...shared}
      {...keys}
      suggestions={suggestions ?? []}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={(event) => event.currentTarget.blur()}
      onBlur={finish}
    />
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
