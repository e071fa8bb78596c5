import { Select } from 'antd';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { dayControl } from '../../../../ui/dates-fields.js';
import type { FieldValue } from '../save-field.js';
import styles from './customer-facts.module.css';
import { textOf, valueOf, type FactOption } from './fact-text.js';
import { SuggestInput } from './suggest-input.js';
import { useFocus } from './use-focus.js';

interface FactControlProps {
  label: string;
  choices?: FactOption[];
  suggestions?: readonly string[] | undefined;
  isDay?: boolean;
  current: FieldValue;
  /** What it begins with: the value, or what was typed before and not taken. */
  begun: FieldValue;
  onFinish: (value: FieldValue) => void;
  onLeave: () => void;
}

/** The input that a fact turns into; fetched when the pointer or the focus comes near the facts. */
export default function FactControl({
  label,
  choices,
  suggestions,
  isDay = false,
  current,
  begun,
  onFinish,
  onLeave,
}: FactControlProps) {
  const [typed, setTyped] = useState(textOf(begun));
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
        value={typeof begun === 'boolean' ? null : begun}
        options={choices}
        onChange={(value) => onFinish(value ?? null)}
        onBlur={onLeave}
      />
    );
  }
  if (isDay) {
    const day = typeof begun === 'string' ? begun : undefined;
    const onChange = (chosen: string | undefined) => onFinish(chosen ?? null);
    return <dayControl.Part label={label} value={day} onChange={onChange} onLeave={onLeave} />;
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
