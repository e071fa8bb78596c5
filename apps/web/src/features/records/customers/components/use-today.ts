import { useMemo, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { dayIn } from '../rhythm-window.js';

/** The organisation's calendar day, yyyy-mm-dd, at which the component was first shown. */
export function useToday(): string {
  const { timeZone } = useFormats();
  const [now] = useState(() => new Date());
  return useMemo(() => dayIn(timeZone, now), [timeZone, now]);
}
