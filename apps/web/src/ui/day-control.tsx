import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface DayControlProps {
  label: string;
  /** yyyy-mm-dd */
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One day, typed or picked from a calendar in the reader's language. Fetched when it is wanted: the calendar is large. */
export default function DayControl({ label, value, min, max, onChange }: DayControlProps) {
  return (
    <DatePicker
      aria-label={label}
      value={value === undefined ? null : dayjs(value)}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      {...(max === undefined ? {} : { maxDate: dayjs(max) })}
      // Beside its field: what is opened elsewhere in the document would count as leaving the filter.
      getPopupContainer={(field) => field.parentElement ?? document.body}
      onChange={(day) => onChange(day?.format('YYYY-MM-DD'))}
    />
  );
}
