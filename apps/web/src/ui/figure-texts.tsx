import { useFormats } from '../lib/formats.js';
import styles from './figure-texts.module.css';
import { useCommonWords } from './words.js';

interface MoneyTextProps {
  minor: number;
  currency?: string;
  /** 万 and 亿, k and M; the full figure on hover. Default true. */
  short?: boolean;
  sign?: boolean;
}

export function MoneyText({ minor, currency, short = true, sign = false }: MoneyTextProps) {
  const f = useFormats();
  const full = f.money(minor, currency);
  if (!short) return <span className={styles['figure']}>{full}</span>;
  return (
    <span className={styles['figure']} title={full}>
      {f.moneyShort(minor, currency, { sign })}
    </span>
  );
}

interface DateTextProps {
  /** A day (yyyy-mm-dd) or an instant (ISO). */
  value: string | null;
  /** Near ones in words; the date itself on hover. */
  relative?: boolean;
  /** With hours and minutes (instants only). */
  time?: boolean;
}

export function DateText({ value, relative = false, time = false }: DateTextProps) {
  const f = useFormats();
  if (value === null) return <span className={styles['none']}>{'–'}</span>;
  const full = value.includes('T') ? f.dateTime(value) : f.date(value);
  const near = value.includes('T') ? f.ago(value) : f.nearDay(value);
  const shown = relative ? near : time ? full : f.date(value);
  return (
    <time className={styles['figure']} dateTime={value} title={full}>
      {shown}
    </time>
  );
}

interface EstimateTextProps {
  low: number;
  value: number;
  high: number;
  kind: 'money' | 'percent' | 'count' | 'days';
  currency?: string;
}

/** An estimate in words: its middle, then quietly the range. The precision is what the range earns. */
export function EstimateText({ low, value, high, kind, currency }: EstimateTextProps) {
  const t = useCommonWords();
  const f = useFormats();
  const digits = Math.abs(high - low) >= 10 ? 0 : Math.abs(high - low) >= 1 ? 1 : 2;
  const percentDigits = Math.abs(high - low) > 0.1 ? 0 : 1;
  const text = (x: number) => {
    switch (kind) {
      case 'money':
        return f.moneyShort(x, currency);
      case 'percent':
        return f.percent(x, percentDigits);
      case 'count':
        return f.decimal(x, digits);
      case 'days':
        return t('estimate.days', { count: f.decimal(x, 0) });
    }
  };
  const parts = { value: text(value), low: text(low), high: text(high) };
  return (
    <span className={styles['figure']} title={t('estimate.between', parts)}>
      {parts.value}
      <span className={styles['range']} aria-hidden="true">
        {`${parts.low}–${parts.high}`}
      </span>
      <span className="kz-unseen">{t('estimate.between', parts)}</span>
    </span>
  );
}
