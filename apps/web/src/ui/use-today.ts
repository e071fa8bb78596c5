import { useMemo, useState } from 'react';
import { dayOf } from '../lib/format-date.js';
import { useFormats } from '../lib/formats.js';

/** The organisation's calendar day, yyyy-mm-dd, at which the component was first shown. */
export function useToday(): string {
  const { timeZone } = useFormats();
  const [now] = useState(() => new Date());
  return useMemo(() => dayOf(now.toISOString(), timeZone), [timeZone, now]);
}
