import type { ValueChange } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { mainPart } from '../value-waterfall.js';
import { useWords } from '../words.js';

/** Less than this share of the value is a change that rounding makes. */
const sameShare = 0.005;

/** The change in words: one sentence that leads, and what there is to know besides. */
export function useChangeWords(change: ValueChange): { lead: string; notes: string[] } {
  const lead = useLead(change);
  const happened = useHappened(change);
  const settings = useSettingsWords(change);
  return { lead, notes: [happened, settings].filter((note) => note !== '') };
}

function useLead(change: ValueChange): string {
  const t = useWords();
  const f = useFormats();
  const { before, now, currency } = change;
  const money = (major: number) => f.valueShort(major, currency);
  if (change.kind === 'gone' && before) {
    return t('customers.change.gone', { day: f.date(before.asOf), before: money(before.clv) });
  }
  if (!before || !now) {
    return t(change.kind === 'first-run' ? 'customers.change.firstRun' : 'customers.change.new', {
      now: money(now?.clv ?? 0),
    });
  }
  const difference = now.clv - before.clv;
  if (Math.abs(difference) <= Math.abs(before.clv) * sameShare) {
    return t('customers.change.same', { before: money(before.clv) });
  }
  const main = mainPart(change);
  const way = difference > 0 ? 'up' : 'down';
  return t(difference > 0 ? 'customers.change.more' : 'customers.change.less', {
    before: money(before.clv),
    now: money(now.clv),
    difference: money(Math.abs(difference)),
    reason: main === null ? '' : t(`customers.change.${main.factor}.${way}`),
  });
}

function useHappened({ before, now, between, changeMinor, currency }: ValueChange): string {
  const t = useWords();
  const f = useFormats();
  if (!before || !now || !between) return '';
  const { days, newOrderDays, orders, returns, amountMinor } = between;
  const parts: string[] = [];
  if (days <= 0) {
    const seen = changeMinor === 0 ? 'sameAll' : 'sameDay';
    parts.push(t(newOrderDays === 0 ? `customers.change.${seen}` : 'customers.change.sameDayOrders'));
  } else if (orders === null || returns === null || amountMinor === null) {
    parts.push(t('customers.change.orderDays', { days: f.count(days), count: f.count(newOrderDays) }));
  } else if (orders + returns === 0) {
    parts.push(t('customers.change.noOrders', { days: f.count(days) }));
  } else {
    parts.push(
      t(returns === 0 ? 'customers.change.ordered' : 'customers.change.orderedReturned', {
        days: f.count(days),
        orders: f.count(orders),
        returns: f.count(returns),
        amount: f.moneyShort(amountMinor, currency, { sign: true }),
      }),
    );
  }
  if (now.silentDays !== null && before.silentDays !== null && days > 0) {
    parts.push(
      t('customers.change.silent', { now: f.count(now.silentDays), before: f.count(before.silentDays) }),
    );
  }
  return parts.join(f.language === 'zh-CN' ? '' : ' ');
}

function useSettingsWords({ settings }: ValueChange): string {
  const t = useWords();
  const word = useAnyWord();
  const f = useFormats();
  if (settings.length === 0) return '';
  const text = (name: ValueChange['settings'][number]['name'], value: string | number): string => {
    if (name === 'discountRate') return f.percent(Number(value), 1);
    if (name === 'horizon') return f.decimal(Number(value), 0);
    if (name === 'model') return word(`model.${value}`);
    return value === 'day' || value === 'week' || value === 'month'
      ? t(`customers.change.unit.${value}`)
      : t(value === 'margin' ? 'customers.change.margin' : 'customers.change.revenue');
  };
  const each = settings.map(({ name, before, now }) =>
    t('customers.change.setting', {
      name: t(`customers.change.setting.${name}`),
      before: text(name, before),
      now: text(name, now),
    }),
  );
  return t('customers.change.settings', { list: each.join(f.language === 'zh-CN' ? '，' : ', ') });
}
