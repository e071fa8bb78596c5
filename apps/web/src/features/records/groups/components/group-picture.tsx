import type { GroupPicture as Picture } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useOpenBeside } from '../../../../ui/customer-link.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { pictureQuery } from '../api/groups.js';
import { treeOf, type Tile } from '../tree-of.js';
import { useWords } from '../words.js';

const height = 320;

/** Treemaps are drawn nowhere else: their part comes with the first one. */
const parts = async () => {
  const { TreemapChart } = await import('echarts/charts');
  return [TreemapChart];
};

/** Where the value of a group lies: a tile a customer, those below it within. */
export function GroupPicture({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(pictureQuery(customerId));
  return (
    <Panel title={t('groups.picture')} hint={t('groups.pictureHint')}>
      <QueryView query={query} skeleton={<SkeletonChart height={height} />}>
        {(picture) => <Treemap picture={picture} />}
      </QueryView>
    </Panel>
  );
}

function Treemap({ picture }: { picture: Picture }) {
  const t = useWords();
  const f = useFormats();
  const openBeside = useOpenBeside();
  const tiles = useMemo(() => treeOf(picture.nodes), [picture]);
  const option = useCallback((kit: ChartKit) => treemap(kit, tiles), [tiles]);
  const names = new Map(picture.nodes.map((node) => [node.customerId, node.name]));
  return (
    <>
      <Chart
        label={t('groups.picture')}
        describe={t('groups.pictureHint')}
        height={height}
        file="group"
        parts={parts}
        option={option}
        onPick={({ value }) => {
          const id = Array.isArray(value) ? Number(value[1]) : Number.NaN;
          if (Number.isSafeInteger(id)) openBeside(`/customers/${id}?tab=group`);
        }}
        table={{
          columns: [
            { id: 'name', label: t('groups.name') },
            { id: 'parent', label: t('groups.parentName') },
            { id: 'value', label: t('groups.value'), align: 'end' },
          ],
          rows: picture.nodes.map((node) => [
            node.name,
            node.parentCustomerId === null ? '' : (names.get(node.parentCustomerId) ?? ''),
            f.money(f.minorOf(node.clv)),
          ]),
        }}
      />
      {picture.rest.customers === 0 ? null : (
        <p>
          {t('groups.pictureRest', {
            count: f.count(picture.rest.customers),
            value: f.valueShort(picture.rest.clv),
          })}
        </p>
      )}
    </>
  );
}

function treemap(kit: ChartKit, tiles: readonly Tile[]): Record<string, unknown> {
  const most = Math.max(1, ...tiles.map((tile) => tile.value[0]));
  const painted = (tile: Tile): object => {
    // The quiet third of the ramp: the letters are read on every tile, in both themes.
    const place = Math.sqrt(tile.own / most);
    return {
      name: tile.name,
      value: tile.value,
      itemStyle: { color: kit.value(0.35 * place) },
      label: { color: kit.tokens.text },
      ...(tile.children.length > 0 ? { children: tile.children.map(painted) } : {}),
    };
  };
  return {
    tooltip: {
      formatter: ({ name, value }: { name: string; value: readonly number[] }) =>
        `${escaped(name)}<br>${kit.f.money(kit.f.minorOf(value[0] ?? 0))}`,
    },
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        animation: !kit.reduced,
        visibleMin: 60,
        itemStyle: { borderColor: kit.tokens.surface, borderWidth: 1, gapWidth: 1 },
        upperLabel: { show: true, height: 22, color: kit.tokens.text, overflow: 'truncate' },
        label: { overflow: 'truncate', fontSize: 12 },
        levels: [{ itemStyle: { gapWidth: 2 }, upperLabel: { show: false } }, { itemStyle: { gapWidth: 2 } }],
        data: tiles.map(painted),
      },
    ],
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
