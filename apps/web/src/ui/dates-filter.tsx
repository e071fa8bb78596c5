import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { Filter } from './filter.js';
import { useCommonWords } from './words.js';

interface DatesFilterProps {
  filter: Extract<Filter, { kind: 'dates' }>;
  className: string;
}

/** From and to of a day; either may be left open. */
export default function DatesFilter({ filter, className }: DatesFilterProps) {
  const t = useCommonWords();
  const { from, to } = filter.value;
  return (
    <DatePicker.RangePicker
      className={className}
      allowEmpty={[true, true]}
      aria-label={filter.label}
      placeholder={[`${filter.label} ${t('common.from')}`, t('common.to')]}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(days) =>
        filter.onChange({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
      }
    />
  );
}
