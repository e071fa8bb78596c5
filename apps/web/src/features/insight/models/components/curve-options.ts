import type { BenchCurve } from '@kezi/contract';
import type { ChartKit } from '../../../../ui/chart/chart.js';

const grid = { left: 8, right: 16, top: 32, bottom: 22, containLabel: true };

/** Points that were seen, to lay beside a curve. */
export interface SeenPoints {
  x: number[];
  y: number[];
}

interface CurveNames {
  x: string;
  all: string;
  seen: string;
}

/** Shares are read as such; orders and densities as they are. */
export const isShare = (name: BenchCurve['name']): boolean =>
  name === 'survival' || name === 'retention' || name === 'order-chances';

const ofCurve = (curve: BenchCurve, values: readonly number[]): [number, number][] =>
  curve.x.map((x, i) => [x, values[i] ?? 0]);

/** The two ends of an interval, quieter than the curve between them. */
function bandOf(k: ChartKit, curve: BenchCurve): object[] {
  const { lower, upper } = curve;
  if (!lower || !upper) return [];
  return [lower, upper].map((values) => ({
    type: 'line',
    step: 'end',
    showSymbol: false,
    silent: true,
    lineStyle: { width: 1, type: 'dotted', color: k.tokens.textFaint },
    data: ofCurve(curve, values),
  }));
}

/** Curves of one name, a line for each segment; chances of counts as bars. */
export function curveOption(
  k: ChartKit,
  curves: readonly BenchCurve[],
  names: CurveNames,
  seen: SeenPoints | null,
): Record<string, unknown> {
  const [first] = curves;
  const isBars = first?.name === 'order-chances';
  const format = (value: unknown): string =>
    first && isShare(first.name) ? k.f.percent(Number(value), 1) : k.f.decimal(Number(value), 3);
  const lines = curves.map((curve) => ({
    name: curve.of ?? names.all,
    type: isBars ? 'bar' : 'line',
    showSymbol: curve.name === 'retention',
    ...(curve.isStepped ? { step: 'end' } : {}),
    data: isBars ? curve.y : ofCurve(curve, curve.y),
  }));
  const points = seen
    ? [
        {
          name: names.seen,
          type: 'scatter',
          itemStyle: { color: k.tokens.textSoft },
          data: seen.x.map((x, i) => [x, seen.y[i]]),
        },
      ]
    : [];
  return {
    grid,
    ...(lines.length + points.length > 1
      ? { legend: { top: 0, left: 0, data: [...lines, ...points].map(({ name }) => name) } }
      : {}),
    tooltip: { trigger: 'axis', valueFormatter: format },
    xAxis: {
      ...(isBars ? { type: 'category', data: first.x.map((x) => k.f.count(x)) } : { type: 'value' }),
      name: names.x,
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: format } },
    series: [...lines, ...points, ...curves.flatMap((curve) => bandOf(k, curve))],
  };
}
