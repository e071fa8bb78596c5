import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';

interface DayControlProps {
  label: string;
  /** yyyy-mm-dd */
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (value: string | undefined) => void;
  /** It stands in the place of what it changes: it takes the focus, open, and goes when that leaves it. */
  onLeave?: () => void;
  /** What a field around it says of it. */
  id?: string;
  status?: 'error' | '';
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** One day, typed or picked from a calendar in the reader's language. Fetched when it is wanted: the calendar is large. */
export default function DayControl({
  label,
  value,
  min,
  max,
  onChange,
  onLeave,
  ...fromField
}: DayControlProps) {
  const isInPlace = onLeave !== undefined;
  const [open, setOpen] = useState(isInPlace);
  return (
    <DatePicker
      {...fromField}
      aria-label={label}
      {...(isInPlace ? { autoFocus: true, onBlur: onLeave } : {})}
      open={open}
      onOpenChange={setOpen}
      onKeyDown={(event) => {
        if (!open) {
          if (event.key !== 'Escape' || !isInPlace) return;
          event.preventDefault(); // the side panel stays open
          onLeave();
          return;
        }
        if (event.key === 'Enter') event.preventDefault(); // takes the day; the form around it is not sent yet
        if (event.key !== 'Escape') return;
        event.stopPropagation(); // closes the calendar; the filter around it stays open
        setOpen(false);
      }}
      value={value === undefined ? null : dayjs(value)}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      {...(max === undefined ? {} : { maxDate: dayjs(max) })}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD'))}
    />
  );
}
