import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { ApiError } from '../lib/api-error.js';
import { Chart } from '../ui/chart/chart.js';
import type { ChartKit } from '../ui/chart/chart.js';
import { bandSeries, whiskerSeries } from '../ui/chart/whisker-series.js';
import { ConfirmProvider, useConfirm } from '../ui/confirm.js';
import { DataBar } from '../ui/data-bar.js';
import { DataGrid } from '../ui/data-grid/data-grid.js';
import type { GridColumn } from '../ui/data-grid/data-grid.js';
import { useGridSelection } from '../ui/data-grid/grid-selection.js';
import { useWindowedRows } from '../ui/data-grid/windowed-rows.js';
import { EmptyState } from '../ui/empty-state.js';
import { ErrorState } from '../ui/error-state.js';
import { EstimateText, MoneyText } from '../ui/figure-texts.js';
import { FilterBar } from '../ui/filter-bar.js';
import { JobProgress } from '../ui/job-progress.js';
import { Metric, MetricRow } from '../ui/metric.js';
import { NoRight } from '../ui/no-right.js';
import { Panel } from '../ui/panel.js';
import { RiskDot } from '../ui/risk-dot.js';
import { SegmentBadge } from '../ui/segment-badge.js';
import type { SegmentKey } from '../ui/segment-badge.js';
import { SkeletonChart, SkeletonGrid, SkeletonLines, SkeletonMetrics } from '../ui/skeleton.js';
import { Spark } from '../ui/spark.js';
import { Steps } from '../ui/steps.js';
import { Tag } from '../ui/tag.js';
import { ToastProvider, useToast } from '../ui/toast.js';
import { UploadDrop } from '../ui/upload-drop.js';
import { Whisker } from '../ui/whisker.js';
import styles from './gallery.module.css';

/* oxlint-disable react/jsx-no-literals -- for those who build Kezi; not part of what is built */

/** Every building block on one page, to look at in both themes: `vite dev`, then /_gallery. */
export default function Gallery() {
  return (
    <ToastProvider>
      <ConfirmProvider>
        <div className={styles['gallery']}>
          <Figures />
          <Charts />
          <MillionRows />
          <States />
        </div>
      </ConfirmProvider>
    </ToastProvider>
  );
}

const interval = { low: 1.2e9, value: 1.53e9, high: 1.9e9 };
const segments: SegmentKey[] = [
  'important-value',
  'important-develop',
  'important-retain',
  'important-win-back',
  'general-value',
  'general-develop',
  'general-retain',
  'general-win-back',
];

function Figures() {
  const toast = useToast();
  const confirm = useConfirm();
  return (
    <>
      <MetricRow>
        <Metric
          label="客户总资产"
          value="¥1.53 亿"
          title="¥153,000,000.00"
          interval={interval}
          intervalText="1.2 亿 至 1.9 亿"
          to="/"
        />
        <Metric label="较上次" value="+420 万" delta={{ value: 1, text: '2.8%', note: '比 10 月' }} />
        <Metric label="活跃客户" value="1,284" delta={{ value: -1, text: '1.1%' }} />
        <Metric label="前 20% 客户占比" value="71.4%" delta={{ value: 0, text: '' }} />
      </MetricRow>
      <Panel title="标签与小图">
        <div className={styles['row']}>
          {segments.map((segment) => (
            <SegmentBadge key={segment} segment={segment} />
          ))}
        </div>
        <div className={styles['row']}>
          {[0.93, 0.62, 0.34, 0.08].map((p) => (
            <RiskDot key={p} pAlive={p} showWord />
          ))}
          <Tag>草稿</Tag>
          <Tag tone="good">已完成</Tag>
          <Tag tone="warn">需确认</Tag>
          <Tag tone="bad">失败</Tag>
          <Tag tone="accent">新</Tag>
          <Spark values={[3, 5, 4, 6, 8, 7, 9, 12, 10, 11, 14, 13]} label="12 个月" />
          <Spark kind="bars" values={[3, 5, 0, 6, 8, 7, 9, 12, 10, 0, 14, 13]} label="12 个月" />
          <Whisker low={2} value={5} high={9} min={0} max={10} label="2 至 9" width={120} />
          <MoneyText minor={1_234_567_89} sign />
          <EstimateText low={1.2e8} value={1.5e8} high={1.9e8} kind="money" />
        </div>
        <div className={styles['row']}>
          <Button onClick={() => toast.undo('已归档“海岳精工”', () => Promise.resolve())}>撤销提示</Button>
          <Button onClick={() => toast.failed(new ApiError({ status: 0, code: 'web.offline' }))}>
            失败提示
          </Button>
          <Button
            onClick={() =>
              void confirm({
                title: '删除“海岳精工”？',
                text: '订单会一起删除。',
                action: '删除客户',
                danger: true,
                typeName: '海岳精工',
              })
            }
          >
            确认
          </Button>
        </div>
      </Panel>
    </>
  );
}

const months = Array.from({ length: 18 }, (_, index) => `2025-${String((index % 12) + 1).padStart(2, '0')}`);

function Charts() {
  const line = useCallback(
    (kit: ChartKit) => ({
      tooltip: { trigger: 'axis' },
      legend: { top: 0 },
      grid: { top: 36 },
      xAxis: { type: 'category', data: months },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => kit.axisMoney(value) } },
      series: [
        ...bandSeries(
          kit,
          '区间',
          months.map((_, at) => ({ at, low: 4e8 + at * 1e7 - at * 6e6, high: 4e8 + at * 1e7 + at * 6e6 })),
        ),
        { type: 'line', name: '实际', data: months.map((_, at) => 4e8 + at * 1e7 + Math.sin(at) * 2e7) },
      ],
    }),
    [],
  );
  const whiskers = useCallback(
    (kit: ChartKit) => ({
      tooltip: {},
      xAxis: { type: 'category', data: segments.map((_, index) => `组 ${index + 1}`) },
      yAxis: { type: 'value' },
      series: [
        whiskerSeries(
          kit,
          '价值',
          segments.map((_, index) => ({
            at: index,
            low: 10 + index * 5,
            value: 18 + index * 6,
            high: 30 + index * 9,
          })),
        ),
      ],
    }),
    [],
  );
  const heat = useCallback(
    (kit: ChartKit) => ({
      tooltip: {},
      grid: { right: 16 },
      xAxis: { type: 'category', data: months.slice(0, 12) },
      yAxis: { type: 'category', data: ['Q1', 'Q2', 'Q3', 'Q4'] },
      visualMap: {
        show: false,
        min: 0,
        max: 100,
        inRange: { color: [0, 0.25, 0.5, 0.75, 1].map(kit.value) },
      },
      series: [
        {
          type: 'heatmap',
          data: months.slice(0, 12).flatMap((_, x) => [0, 1, 2, 3].map((y) => [x, y, 100 - x * 7 - y * 9])),
        },
      ],
    }),
    [],
  );
  const table = {
    columns: [
      { id: 'month', label: '月份' },
      { id: 'value', label: '金额', align: 'end' as const },
    ],
    rows: months.map((month, index) => [month, 1000 * index]),
  };
  return (
    <div className={styles['charts']}>
      <Panel title="折线与区间">
        <Chart label="折线" file="line" option={line} table={table} />
      </Panel>
      <Panel title="估计">
        <Chart label="估计" file="whisker" option={whiskers} table={table} />
      </Panel>
      <Panel title="热力">
        <Chart label="热力" file="heat" option={heat} table={table} />
      </Panel>
    </div>
  );
}

interface GalleryRow {
  id: number;
  name: string;
  clv: number;
  pAlive: number;
}

const million = 1_000_000;
const rowAt = (id: number): GalleryRow => ({
  id,
  name: `客户 ${id + 1} 有限公司`,
  clv: Math.round(((id * 7919) % 9973) * 1e5),
  pAlive: ((id * 31) % 100) / 100,
});

const columns: GridColumn<GalleryRow>[] = [
  { id: 'name', header: '客户', width: 220, frozen: true, sort: true, cell: (row) => row.name },
  {
    id: 'clv',
    header: '客户终身价值',
    unit: 'CNY',
    width: 160,
    align: 'end',
    sort: true,
    cell: (row) => (
      <DataBar value={row.clv} max={1e9}>
        <MoneyText minor={row.clv} />
      </DataBar>
    ),
  },
  { id: 'alive', header: '活跃', width: 140, cell: (row) => <RiskDot pAlive={row.pAlive} showWord /> },
  {
    id: 'range',
    header: '区间',
    width: 180,
    cell: (row) => (
      <Whisker low={row.clv * 0.7} value={row.clv} high={row.clv * 1.4} min={0} max={1.4e9} label="区间" />
    ),
  },
  {
    id: 'spark',
    header: '12 个月',
    width: 120,
    cell: (row) => (
      <Spark
        kind="bars"
        label="12 个月"
        values={[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((m) => (m * row.id) % 13)}
      />
    ),
  },
  { id: 'id', header: '编号', width: 120, align: 'end', hidden: true, cell: (row) => row.id },
];

function MillionRows() {
  const [sort, setSort] = useState('-clv');
  const [selection, setSelection] = useGridSelection();
  const [q, setQ] = useState('');
  const [open, setOpen] = useState<number>();
  const rows = useWindowedRows<GalleryRow>({
    queryKey: ['gallery', sort, q],
    mode: 'offset',
    fetchPage: async ({ offset, limit }) => {
      await new Promise((resolve) => setTimeout(resolve, 80));
      return { total: million, items: Array.from({ length: limit }, (_, index) => rowAt(offset + index)) };
    },
  });
  return (
    <div className={styles['grid']}>
      <FilterBar
        search={{ value: q, onChange: setQ, placeholder: '搜索客户' }}
        filters={[
          {
            id: 'r',
            kind: 'range',
            label: '价值',
            value: { min: 10 },
            onChange: () => undefined,
            suffix: '万',
          },
          { id: 'd', kind: 'dates', label: '最近下单', value: {}, onChange: () => undefined },
        ]}
        onClear={() => setQ('')}
      />
      <DataGrid
        id="gallery"
        label="一百万行"
        rows={rows}
        rowKey={(row) => row.id}
        columns={columns}
        sort={sort}
        onSort={setSort}
        openKey={open}
        onOpen={(row) => setOpen(row.id)}
        selection={selection}
        onSelection={setSelection}
        bulk={() => <Button size="small">分配负责人</Button>}
      />
    </div>
  );
}

function States() {
  const job = {
    id: 1,
    kind: 'imports.run',
    status: 'running' as const,
    progress: { stage: 'write', done: 124_000, total: 1_000_000 },
    result: null,
    error: null,
    attempt: 1,
    createdBy: 1,
    createdAt: '2026-11-21T00:00:00Z',
    startedAt: null,
    finishedAt: null,
  };
  return (
    <div className={styles['charts']}>
      <Panel title="空">
        <EmptyState
          picture="file"
          title="还没有订单"
          text="导入一个订单文件，就能看到每位客户值多少。"
          action={{ label: '导入我的文件', to: '/' }}
          example="或者先载入演示公司"
        />
      </Panel>
      <Panel title="错误">
        <ErrorState
          error={new ApiError({ status: 503, code: 'web.unavailable', requestId: 'abc-123' })}
          onRetry={() => undefined}
        />
        <ErrorState
          size="band"
          error={new ApiError({ status: 0, code: 'web.offline' })}
          onRetry={() => undefined}
        />
      </Panel>
      <Panel title="无权限">
        <NoRight permission="valuation:run" />
      </Panel>
      <Panel title="骨架">
        <SkeletonMetrics n={2} />
        <SkeletonLines n={3} />
        <SkeletonGrid rows={3} columns={3} />
        <SkeletonChart height={120} />
      </Panel>
      <Panel title="长任务">
        <Steps
          current="map"
          items={[
            { id: 'file', title: '上传' },
            { id: 'map', title: '对应列' },
            { id: 'run', title: '导入' },
          ]}
          onGo={() => undefined}
        />
        <br />
        <JobProgress
          job={job}
          stages={[
            { id: 'read', label: '读取' },
            { id: 'write', label: '写入' },
            { id: 'index', label: '建索引' },
          ]}
          onCancel={() => undefined}
        />
        <br />
        <UploadDrop
          accept={['.csv', '.xlsx']}
          maxBytes={5e9}
          upload={() => Promise.resolve(1)}
          onDone={() => undefined}
        />
      </Panel>
    </div>
  );
}
