import type { ValuationCard, ValuationRun } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { KeyValues } from '../../../../ui/key-values.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

export function DataUsedPanel({ run, card }: { run: ValuationRun; card: ValuationCard }) {
  const t = useWords();
  const f = useFormats();
  const day = (value: string | null) => (value === null ? '–' : f.date(value));
  return (
    <Panel title={t('valuation.data')}>
      <KeyValues
        items={[
          { label: t('valuation.orderingCustomers'), value: f.count(card.customers) },
          { label: t('valuation.orders'), value: f.count(card.orders) },
          { label: t('valuation.triples'), value: f.count(card.triples) },
          { label: t('valuation.firstOrder'), value: day(card.firstOrderOn) },
          { label: t('valuation.lastOrder'), value: day(card.lastOrderOn) },
          {
            label: t('valuation.returns'),
            value:
              card.returns.amount === null
                ? f.count(card.returns.lines)
                : t('valuation.returnsOf', {
                    count: f.count(card.returns.lines),
                    amount: f.moneyShort(f.minorOf(card.returns.amount)),
                  }),
          },
          ...(card.returnsOnly
            ? [{ label: t('valuation.returnsOnly'), value: f.count(card.returnsOnly.customers) }]
            : []),
          ...run.stages.map((stage) => ({
            label: t(`valuation.stage.${stage.name}`),
            value: stage.seconds === null ? '–' : f.duration(stage.seconds),
          })),
        ]}
      />
    </Panel>
  );
}
