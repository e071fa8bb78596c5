import type { Backtest, ValuationPlots } from '@kezi/contract';
import type { ChartKit } from '../../../../ui/chart/chart.js';

interface PairNames {
  actual: string;
  predicted: string;
}

const grid = { left: 8, right: 16, top: 36, bottom: 4, containLabel: true };
const legend = { top: 0, left: 0 };
/** Room for the name of the axis below it. */
const namedGrid = { ...grid, bottom: 22 };

/** Bars for what was, a line with points for what was foretold: the same for all pictures of pairs. */
function pairSeries(k: ChartKit, names: PairNames, actual: number[], predicted: number[]) {
  return [
    { name: names.actual, type: 'bar', itemStyle: { color: k.value(0.35) }, data: actual },
    {
      name: names.predicted,
      type: 'line',
      symbolSize: 7,
      itemStyle: { color: k.tokens.accent },
      data: predicted,
    },
  ];
}

/** Groups of ten by predicted orders: the mean of each, foretold and true. */
export function calibrationOption(
  k: ChartKit,
  tenths: Backtest['calibration'],
  names: PairNames & { tenth: (n: number) => string },
): Record<string, unknown> {
  return {
    grid: { ...grid, right: 8 },
    legend,
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => k.f.decimal(Number(value), 2) },
    xAxis: { type: 'category', data: tenths.map((_, index) => names.tenth(index + 1)) },
    yAxis: { type: 'value' },
    series: pairSeries(
      k,
      names,
      tenths.map((tenth) => tenth.meanActual),
      tenths.map((tenth) => tenth.meanPredicted),
    ),
  };
}

/** Customers by repeat orders. */
export function frequencyOption(
  k: ChartKit,
  frequency: ValuationPlots['frequency'],
  names: PairNames & { orders: (index: number) => string; axis: string },
): Record<string, unknown> {
  return {
    grid: namedGrid,
    legend,
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => k.f.count(Number(value)) },
    xAxis: {
      type: 'category',
      axisLabel: { interval: 0 },
      data: frequency.map((_, index) => names.orders(index)),
      name: names.axis,
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: { type: 'value' },
    series: pairSeries(
      k,
      names,
      frequency.map((each) => each.actual),
      frequency.map((each) => each.predicted),
    ),
  };
}

/** Orders that came and orders foretold, added up from the beginning; a line where the model's knowledge ends. */
export function trackingOption(
  k: ChartKit,
  tracking: ValuationPlots['tracking'],
  calibrationEnd: string,
  names: PairNames & { split: string },
): Record<string, unknown> {
  const line = (name: string, key: 'actual' | 'predicted', style: object) => ({
    name,
    type: 'line',
    showSymbol: false,
    data: tracking.map((point) => [point.endsOn, Math.round(point[key])]),
    ...style,
  });
  return {
    grid,
    legend,
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => k.f.count(Number(value)) },
    xAxis: { type: 'time' },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => k.f.countShort(value) } },
    series: [
      line(names.actual, 'actual', {
        itemStyle: { color: k.tokens.textSoft },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: k.tokens.control, type: 'dashed' },
          label: { formatter: names.split, color: k.tokens.textFaint, position: 'end', rotate: 0 },
          data: [{ xAxis: calibrationEnd }],
        },
      }),
      line(names.predicted, 'predicted', {
        itemStyle: { color: k.tokens.accent },
        lineStyle: { type: 'dashed', width: 2 },
      }),
    ],
  };
}

/** The largest dot, in pixels across; its area stands for customers. */
const largestDot = 26;
const smallestDot = 6;

/** The share foretold to order against the share that did: who foretells well stands on the slant. */
export function aliveOption(
  k: ChartKit,
  alive: ValuationPlots['alive'],
  names: { predicted: string; actual: string; describe: (index: number) => string },
): Record<string, unknown> {
  const most = Math.max(...alive.map((group) => group.customers), 1);
  const percent = { formatter: (value: number) => k.f.percent(value, 0) };
  const axis = { type: 'value', min: 0, max: 1, axisLabel: percent };
  return {
    grid: { ...namedGrid, top: 28 },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => names.describe(dataIndex),
    },
    xAxis: { ...axis, name: names.predicted, nameLocation: 'middle', nameGap: 26 },
    yAxis: { ...axis, name: names.actual, nameTextStyle: { align: 'left' } },
    series: [
      {
        type: 'scatter',
        itemStyle: { color: k.tokens.accent, opacity: 0.85 },
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
          Math.max(smallestDot, largestDot * Math.sqrt((alive[dataIndex]?.customers ?? 0) / most)),
        data: alive.map((group) => [group.predicted, group.actual]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: k.tokens.control, type: 'dashed' },
          data: [[{ coord: [0, 0] }, { coord: [1, 1] }]],
        },
      },
    ],
  };
}

/** Each month of the year, or day of the week, above or below a mean one. */
export function swingOption(
  k: ChartKit,
  factors: readonly number[],
  parts: readonly string[],
): Record<string, unknown> {
  return {
    grid: { ...grid, top: 12, right: 8 },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => k.f.percent(Number(value), 0) },
    xAxis: { type: 'category', data: parts, axisLine: { onZero: false } },
    // A day without any order stands at -100 %; below that there is nothing.
    yAxis: {
      type: 'value',
      min: Math.min(...factors) < 0.1 ? -1 : null,
      axisLabel: { formatter: (value: number) => k.f.percent(value, 0) },
    },
    series: [
      {
        type: 'bar',
        data: factors.map((factor) => ({
          value: factor - 1,
          itemStyle: { color: factor >= 1 ? k.value(0.65) : k.risk(0.5) },
        })),
      },
    ],
  };
}
