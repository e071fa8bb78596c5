import type { Formats } from '../../lib/formats.js';
import { categoryColours, colours, rampColour, riskRamp, type, valueRamp } from '../tokens.js';
import type { Colours, ThemeName } from '../tokens.js';

/** What an option function is given: colours of the theme, ramps, formats of the reader. */
export interface ChartKit {
  theme: ThemeName;
  tokens: Colours;
  /** Colours for things without an order. */
  categories: readonly string[];
  /** Low to high value, 0 to 1. */
  value: (position: number) => string;
  /** Safe to lost, 0 to 1. */
  risk: (position: number) => string;
  /** For an axis or a tooltip: minor units, shortened. */
  axisMoney: (minor: number) => string;
  f: Formats;
  /** The reader asked for less motion. */
  reduced: boolean;
}

export function chartKit(theme: ThemeName, f: Formats, reduced: boolean): ChartKit {
  return {
    theme,
    tokens: colours[theme],
    categories: categoryColours[theme],
    value: (position) => rampColour(valueRamp[theme], position),
    risk: (position) => rampColour(riskRamp[theme], position),
    axisMoney: (minor) => f.moneyShort(minor),
    f,
    reduced,
  };
}

/** The look that every chart begins with: quiet axes, no frame, tooltip as a raised sheet. */
export function chartTheme(theme: ThemeName): object {
  const c = colours[theme];
  const label = { color: c.textFaint, fontSize: type.size.small, fontFamily: type.family };
  const axis = {
    axisLine: { show: true, lineStyle: { color: c.border } },
    axisTick: { show: false },
    axisLabel: { ...label, hideOverlap: true },
    nameTextStyle: label,
    splitLine: { show: false },
    splitArea: { show: false },
  };
  return {
    color: categoryColours[theme],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: type.family, color: c.text },
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    legend: {
      textStyle: { ...label, color: c.textSoft },
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 16,
      icon: 'roundRect',
    },
    tooltip: {
      backgroundColor: c.raised,
      borderColor: c.border,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: c.text, fontSize: type.size.grid, fontFamily: type.family },
      extraCssText: 'border-radius:6px;box-shadow:var(--kz-shadow);max-width:320px;white-space:normal;',
      axisPointer: {
        lineStyle: { color: c.control },
        crossStyle: { color: c.control },
        label: { backgroundColor: c.textSoft },
      },
      confine: true,
    },
    categoryAxis: axis,
    timeAxis: axis,
    valueAxis: {
      ...axis,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: c.border } },
    },
    logAxis: {
      ...axis,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: c.border } },
    },
    bar: { itemStyle: { borderRadius: [2, 2, 0, 0] }, barMaxWidth: 40 },
    line: { lineStyle: { width: 2 }, symbol: 'circle', symbolSize: 5, smooth: false },
    scatter: { symbolSize: 7, itemStyle: { opacity: 0.8 } },
    visualMap: { color: [...valueRamp[theme]].reverse(), textStyle: label },
  };
}
