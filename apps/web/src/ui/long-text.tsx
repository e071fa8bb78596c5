import { Input } from 'antd';
import { useFormats } from '../lib/formats.js';
import { Field } from './field.js';
import { useCommonWords } from './words.js';

interface LongTextProps {
  label: string;
  /** Characters that may be kept; a form does not send more. */
  most: number;
  maxRows: number;
  value: string;
  onChange: (value: string) => void;
}

/** A text of several lines. What is too long is said, not cut off in silence where it is pasted. */
export function LongText({ label, most, maxRows, value, onChange }: LongTextProps) {
  const t = useCommonWords();
  const f = useFormats();
  const isLong = value.length > most;
  return (
    <Field
      label={label}
      optional
      error={isLong ? t('common.tooLong', { count: f.count(value.length), limit: f.count(most) }) : undefined}
    >
      <Input.TextArea
        // Measuring megabytes holds up the page.
        autoSize={isLong ? false : { minRows: 2, maxRows }}
        {...(isLong ? { rows: maxRows } : {})}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
