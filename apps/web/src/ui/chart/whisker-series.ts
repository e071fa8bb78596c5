import type { ChartKit } from './chart-kit.js';

interface WhiskerPoint {
  /** On the category or value axis. */
  at: number | string;
  low: number;
  value: number;
  high: number;
}

interface RenderApi {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
}

/** Dots with whiskers, upright: one series of type `custom` for `series: [...]`. The tooltip sees [at, low, value, high]. */
export function whiskerSeries(kit: ChartKit, name: string, points: readonly WhiskerPoint[]): object {
  const stroke = kit.value(0.65);
  return {
    id: name,
    name,
    type: 'custom',
    encode: { x: 0, y: [1, 2, 3] },
    data: points.map((point) => [point.at, point.low, point.value, point.high]),
    renderItem: (_: unknown, api: RenderApi) => {
      const x = api.value(0);
      const [px, low] = api.coord([x, api.value(1)]);
      const [, dot] = api.coord([x, api.value(2)]);
      const [, high] = api.coord([x, api.value(3)]);
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke, lineWidth: 1.5 },
      });
      return {
        type: 'group',
        children: [
          line(px, low, px, high),
          line(px - 4, low, px + 4, low),
          line(px - 4, high, px + 4, high),
          {
            type: 'circle',
            shape: { cx: px, cy: dot, r: 4 },
            style: { fill: kit.tokens.accent, stroke: kit.tokens.surface, lineWidth: 1.5 },
          },
        ],
      };
    },
  };
}

/** A band around a line: two stacked lines, the lower one unseen. Put them before the line itself. */
export function bandSeries(
  kit: ChartKit,
  name: string,
  points: readonly { at: number | string; low: number; high: number }[],
): object[] {
  const base = {
    type: 'line',
    stack: name,
    symbol: 'none',
    silent: true,
    // A colour of its own, so that the palette's first stays for the line itself.
    itemStyle: { color: kit.value(0.5) },
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  return [
    { ...base, id: `${name} low`, data: points.map((point) => [point.at, point.low]) },
    {
      ...base,
      id: `${name} high`,
      areaStyle: { color: kit.value(0.5), opacity: 0.22 },
      data: points.map((point) => [point.at, point.high - point.low]),
    },
  ];
}
