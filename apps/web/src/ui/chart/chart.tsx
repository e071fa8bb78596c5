import type { EChartsCoreOption, EChartsType, use as useParts } from 'echarts/core';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useFormats } from '../../lib/formats.js';
import { useThemeName } from '../../lib/preferences.js';
import { Icon } from '../icon.js';
import { MenuButton } from '../menu-button.js';
import { SkeletonChart } from '../skeleton.js';
import { colours } from '../tokens.js';
import { useCommonWords } from '../words.js';
import { chartKit, chartTheme } from './chart-kit.js';
import type { ChartKit } from './chart-kit.js';
import { saveFile, toCsv } from './chart-table.js';
import type { ChartTable } from './chart-table.js';
import styles from './chart.module.css';

export type { ChartKit };

/** A mark that was clicked. */
interface ChartPick {
  seriesId?: string;
  seriesName?: string;
  name: string;
  dataIndex: number;
  value: unknown;
}

type Parts = () => Promise<Parameters<typeof useParts>[0]>;

interface ChartProps {
  /** Its name, for those who do not see it. */
  label: string;
  /** One sentence: what the picture shows. */
  describe?: string;
  height?: number;
  /** Name of exported files, without ending. */
  file: string;
  /** Keep it stable (useCallback): a new function is a new drawing. */
  option: (kit: ChartKit) => EChartsCoreOption;
  table?: ChartTable;
  onPick?: (pick: ChartPick) => void;
  /** ECharts parts beyond the ready ones. */
  parts?: Parts;
}

interface Drawing {
  option: EChartsCoreOption;
  theme: 'light' | 'dark';
  parts: Parts | undefined;
  onPick: ((pick: ChartPick) => void) | undefined;
}

/** Draws into the element, again at each change, and follows its size. */
function useDrawing(place: RefObject<HTMLDivElement | null>, shown: boolean, drawing: Drawing) {
  const { option, theme, parts, onPick } = drawing;
  const chart = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  const latest = useRef({ option, onPick });
  useEffect(() => {
    latest.current = { option, onPick };
  });
  useEffect(() => {
    if (!shown) return undefined;
    let left = false;
    let observer: ResizeObserver | undefined;
    const begin = async () => {
      const [{ init, use }, more] = await Promise.all([import('./echarts-parts.js'), parts?.()]);
      const element = place.current;
      if (left || !element) return;
      if (more) use(more);
      const made = init(element, chartTheme(theme));
      chart.current = made;
      made.setOption(latest.current.option);
      made.on('click', (event) => latest.current.onPick?.(event as unknown as ChartPick));
      observer = new ResizeObserver(() => made.resize());
      observer.observe(element);
      setReady(true);
    };
    void begin();
    return () => {
      left = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
      setReady(false);
    };
  }, [place, shown, theme, parts]);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return { chart, ready };
}

/** A picture with the figures behind it: switch to the table, save as PNG or CSV. */
export function Chart({ label, describe, height = 280, file, option, table, onPick, parts }: ChartProps) {
  const t = useCommonWords();
  const f = useFormats();
  const theme = useThemeName();
  const place = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const describedBy = useId();
  const drawn = useMemo(() => {
    const reduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    return { animation: !reduced, animationDuration: 300, ...option(chartKit(theme, f, reduced)) };
  }, [option, theme, f]);
  const { chart, ready } = useDrawing(place, !asTable, { option: drawn, theme, parts, onPick });

  const savePicture = () => {
    const picture = chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: colours[theme].surface });
    if (picture !== undefined) saveFile(`${file}.png`, picture);
  };
  const saveTable = () => {
    if (table) saveFile(`${file}.csv`, new Blob([toCsv(table)], { type: 'text/csv' }));
  };
  const items = [
    ...(table
      ? [
          {
            id: 'view',
            icon: asTable ? ('chart' as const) : ('table' as const),
            label: t(asTable ? 'chart.picture' : 'chart.table'),
            onChoose: () => setAsTable(!asTable),
          },
          { id: 'csv', icon: 'download' as const, label: t('chart.csv'), onChoose: saveTable },
        ]
      : []),
    ...(asTable
      ? []
      : [{ id: 'png', icon: 'download' as const, label: t('chart.png'), onChoose: savePicture }]),
  ];

  return (
    <figure
      className={styles['figure']}
      aria-label={label}
      aria-describedby={describe === undefined ? undefined : describedBy}
    >
      <div className={styles['menu']}>
        <MenuButton
          label={`${label}: ${t('chart.more')}`}
          className={styles['more'] ?? ''}
          groups={[{ id: 'chart', items }]}
        >
          <Icon name="more" />
        </MenuButton>
      </div>
      {describe === undefined ? null : (
        <figcaption id={describedBy} className="kz-unseen">
          {describe}
        </figcaption>
      )}
      {asTable && table ? (
        <div className={styles['scroll']} style={{ height }}>
          <FigureTable table={table} label={label} />
        </div>
      ) : (
        <div className={styles['place']} style={{ height }}>
          <div
            ref={place}
            className={onPick ? styles['pickable'] : styles['canvas']}
            role="img"
            aria-label={label}
          />
          {ready ? null : <SkeletonChart height={height} />}
        </div>
      )}
    </figure>
  );
}

function FigureTable({ table, label }: { table: ChartTable; label: string }) {
  const f = useFormats();
  const text = (value: string | number | null) =>
    value === null ? '' : typeof value === 'number' ? numberText(value, f) : value;
  return (
    <table className={styles['table']} aria-label={label}>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column.id} scope="col" data-align={column.align ?? 'start'}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows of a picture have no other name
          <tr key={index}>
            {table.columns.map((column, at) => (
              <td key={column.id} data-align={column.align ?? 'start'}>
                {text(row[at] ?? null)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whole numbers as such, others with as many digits as are read. */
function numberText(value: number, f: ReturnType<typeof useFormats>): string {
  return Number.isInteger(value) ? f.count(value) : f.decimal(value, Math.abs(value) < 1 ? 4 : 2);
}
