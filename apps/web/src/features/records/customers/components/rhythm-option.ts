import type { CustomerRhythm } from '@kezi/contract';
import type { ChartKit } from '../../../../ui/chart/chart.js';
import { gapsOf, readRhythm, spanOf, timeOf, windowOf, type Gap } from '../rhythm-window.js';

interface RhythmWords {
  window: string;
  /** Name of the day up to which orders are known. */
  on: string;
  gap: string;
  days: (count: number) => string;
  since: (count: number) => string;
  open: (count: number) => string;
}

interface RenderApi {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
}

/** Sides of both grids, so that one day stands above itself; at the right there is room for the chart's menu. */
const sides = { left: 44, right: 40 };

const timeAxis = (gridIndex: number, span: { from: number; to: number }, labelled: boolean) => ({
  type: 'time',
  gridIndex,
  min: span.from,
  max: span.to,
  axisLabel: {
    show: labelled,
    hideOverlap: true,
    formatter: { year: '{yyyy}', month: '{yyyy}-{MM}', day: '{MM}-{dd}', hour: '', minute: '' },
  },
});

/** A tick an order, as tall as the root of its amount; below them the gaps against the band in which half of them lie. */
export function rhythmOption(k: ChartKit, rhythm: CustomerRhythm, on: string, words: RhythmWords) {
  const span = spanOf(rhythm, on);
  const gaps = gapsOf(rhythm.days);
  const silence = readRhythm(rhythm, on).silentDays;
  const top = topOf(rhythm, gaps);
  return {
    useUTC: true,
    grid: [
      { ...sides, top: 22, height: 72, containLabel: false },
      { ...sides, top: 122, bottom: 24, containLabel: false },
    ],
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: k.tokens.control } },
    tooltip: {
      trigger: 'axis',
      formatter: (marks: { value: [number, number] }[]) =>
        tooltipOf(k, rhythm, gaps, words, marks[0]?.value[0]),
    },
    xAxis: [timeAxis(0, span, false), timeAxis(1, span, true)],
    yAxis: [
      { type: 'value', gridIndex: 0, min: 0, max: 1, show: false },
      {
        type: 'value',
        gridIndex: 1,
        name: words.gap,
        nameLocation: 'end',
        nameGap: 6,
        nameTextStyle: { align: 'left', padding: [0, 0, 0, -sides.left + 4] },
        splitNumber: 2,
        minInterval: 1,
        min: 0,
        ...(silence !== null && silence > top ? { max: top, interval: top / 2 } : {}),
      },
    ],
    series: [tickSeries(k, rhythm, on, words), ...gapSeries(k, rhythm, gaps, on, words)],
  };
}

function tooltipOf(
  k: ChartKit,
  rhythm: CustomerRhythm,
  gaps: Gap[],
  words: RhythmWords,
  at: number | undefined,
) {
  const day = rhythm.days.find((one) => timeOf(one.on) === at);
  if (day === undefined) return '';
  const gap = gaps.find((one) => one.on === day.on);
  const lines = [k.f.date(day.on), k.f.money(day.amountMinor, rhythm.currency)];
  return [...lines, ...(gap ? [words.since(gap.days)] : [])].join('<br>');
}

function tickSeries(k: ChartKit, rhythm: CustomerRhythm, on: string, words: RhythmWords): object {
  const largest = Math.max(...rhythm.days.map((day) => Math.abs(day.amountMinor)), 1);
  const window = windowOf(rhythm);
  const expected = rhythm.nextOrderOn;
  const label = { color: k.tokens.textFaint, fontSize: 12, position: 'end', distance: 4 };
  return {
    id: 'orders',
    type: 'custom',
    xAxisIndex: 0,
    yAxisIndex: 0,
    data: rhythm.days.map(({ on: day, amountMinor }) => [
      timeOf(day),
      0.2 + 0.8 * Math.sqrt(Math.abs(amountMinor) / largest),
      amountMinor < 0 ? 1 : 0,
    ]),
    renderItem: (_: unknown, api: RenderApi) => {
      const [x, foot] = api.coord([api.value(0), 0]);
      const [, top] = api.coord([api.value(0), api.value(1)]);
      const stroke = api.value(2) === 1 ? k.risk(0.75) : k.value(0.75);
      return {
        type: 'line',
        shape: { x1: x, x2: x, y1: foot, y2: top },
        style: { stroke, lineWidth: rhythm.days.length > 150 ? 1.25 : 2 },
      };
    },
    markArea: {
      silent: true,
      itemStyle: { color: k.value(0.4), opacity: 0.3 },
      label: { ...label, position: ['100%', -18], align: 'right' },
      data:
        window === null
          ? []
          : [[{ name: words.window, xAxis: timeOf(window.from) }, { xAxis: timeOf(window.to) }]],
    },
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      data: [
        {
          xAxis: timeOf(on),
          lineStyle: { color: k.tokens.control, type: 'dashed', width: 1 },
          label: { ...label, position: 'start', formatter: words.on },
        },
        ...(expected === null
          ? []
          : [
              {
                xAxis: timeOf(expected),
                lineStyle: { color: k.tokens.accent, type: 'dotted', width: 2 },
                label: { show: false },
              },
            ]),
      ],
    },
  };
}

/** Most days that the gap axis reaches: a silence of years would press all gaps flat, so its mark stops there and says its days. */
function topOf(rhythm: CustomerRhythm, gaps: Gap[]): number {
  const longest = Math.max(...gaps.map((gap) => gap.days), rhythm.gapDays?.high ?? 0, 30);
  const step = 10 ** Math.floor(Math.log10(longest));
  return Math.ceil((longest * 1.3) / step) * step;
}

function gapSeries(
  k: ChartKit,
  rhythm: CustomerRhythm,
  gaps: Gap[],
  on: string,
  words: RhythmWords,
): object[] {
  const { gapDays } = rhythm;
  const { silentDays } = readRhythm(rhythm, on);
  const top = topOf(rhythm, gaps);
  const gapAxis = { xAxisIndex: 1, yAxisIndex: 1 };
  return [
    {
      ...gapAxis,
      id: 'gaps',
      type: 'line',
      symbolSize: gaps.length > 80 ? 3 : 5,
      showSymbol: true,
      lineStyle: { width: 1, color: k.value(0.5) },
      itemStyle: { color: k.value(0.75) },
      data: gaps.map((gap) => [timeOf(gap.on), gap.days]),
      markArea: {
        silent: true,
        itemStyle: { color: k.value(0.4), opacity: 0.22 },
        data: gapDays === null ? [] : [[{ yAxis: gapDays.low }, { yAxis: gapDays.high }]],
      },
      markLine: {
        silent: true,
        symbol: 'none',
        animation: false,
        label: { show: false },
        lineStyle: { color: k.value(0.6), type: 'dashed', width: 1 },
        data: gapDays === null ? [] : [{ yAxis: gapDays.median }],
      },
    },
    {
      ...gapAxis,
      id: 'silence',
      type: 'scatter',
      symbolSize: 9,
      silent: true,
      z: 6, // its words are read: above the line of the median, which a mark draws at 5
      itemStyle: { color: k.tokens.surface, borderColor: k.tokens.accent, borderWidth: 2, opacity: 1 },
      label: {
        show: true,
        // To the left, and above where the name of the day does not stand: to the right a phone has no room for the words.
        ...((silentDays ?? 0) > 0.8 * top ? { position: 'left' } : { position: 'top', align: 'right' }),
        backgroundColor: k.tokens.surface, // the line may run behind it
        padding: [1, 3],
        color: k.tokens.textSoft,
        fontSize: 12,
        formatter: words.open(silentDays ?? 0),
      },
      data: silentDays === null ? [] : [[timeOf(on), Math.min(silentDays, top)]],
    },
  ];
}
