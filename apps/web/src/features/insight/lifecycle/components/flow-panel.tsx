import { lifecycleStages, type LifecycleOverview, type LifecycleStage } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

const sankey = () => import('echarts/charts').then(({ SankeyChart }) => [SankeyChart]);

const order = (stage: LifecycleStage) => lifecycleStages.indexOf(stage);
/** From safe to lost. */
const danger: Record<LifecycleStage, number> = {
  prospect: 0.3,
  new: 0.15,
  growing: 0,
  mature: 0.05,
  'won-back': 0.2,
  'at-risk': 0.6,
  dormant: 0.8,
  lost: 1,
};

/** Where customers stood then, and where they stand now. */
export function FlowPanel({ data }: { data: LifecycleOverview }) {
  const t = useWords();
  const f = useFormats();
  const { flows, since } = data;
  const option = useCallback(
    (k: ChartKit) => {
      const names = [
        ...new Set(flows.map(({ from }) => `0 ${from}`)),
        ...new Set(flows.map(({ to }) => `1 ${to}`)),
      ];
      const stageIn = (name: string) => name.slice(2) as LifecycleStage;
      return {
        tooltip: { trigger: 'item', valueFormatter: (value: unknown) => f.count(Number(value)) },
        series: [
          {
            type: 'sankey',
            left: 8,
            right: 96,
            top: 8,
            bottom: 8,
            nodeGap: 10,
            draggable: false,
            emphasis: { focus: 'adjacency' },
            lineStyle: { color: 'source', opacity: k.theme === 'dark' ? 0.35 : 0.25 },
            label: {
              color: k.tokens.text,
              formatter: ({ name }: { name: string }) => t(`lifecycle.stage.${stageIn(name)}`),
            },
            data: names
              .sort((a, b) => order(stageIn(a)) - order(stageIn(b)))
              .map((name) => ({ name, itemStyle: { color: k.risk(danger[stageIn(name)]) } })),
            links: flows.map(({ from, to, customers }) => ({
              source: `0 ${from}`,
              target: `1 ${to}`,
              value: customers,
            })),
            layoutIterations: 0,
          },
        ],
      };
    },
    [flows, f, t],
  );
  return (
    <Panel
      title={t('lifecycle.flow')}
      hint={since === null ? undefined : t('lifecycle.flowHint', { since: f.date(since) })}
    >
      <Chart
        label={t('lifecycle.flow')}
        describe={t('lifecycle.flowDescribed')}
        height={360}
        file="lifecycle-flow"
        option={option}
        parts={sankey}
        table={{
          columns: [
            { id: 'from', label: t('lifecycle.from') },
            { id: 'to', label: t('lifecycle.to') },
            { id: 'customers', label: t('lifecycle.customers'), align: 'end' },
          ],
          rows: flows.map(({ from, to, customers }) => [
            t(`lifecycle.stage.${from}`),
            t(`lifecycle.stage.${to}`),
            customers,
          ]),
        }}
      />
    </Panel>
  );
}
