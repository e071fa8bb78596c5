import { warningStatuses } from '@kezi/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { detectorsQuery, warningsQuery } from '../api/warnings.js';
import { FinishHost } from '../components/finish-host.js';
import { FoldedWarnings } from '../components/folded-warnings.js';
import { NoWarnings } from '../components/no-warnings.js';
import { WarningList } from '../components/warning-list.js';
import styles from '../components/worklist.module.css';
import { useCheckNow } from '../use-check-now.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';

const search = z.object({
  status: z.enum(warningStatuses).catch('open'),
  detector: z.string().optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** All warnings that the reader sees, the most valuable first. */
export default function Warnings() {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const canRun = useCan('alerts:run');
  const [{ status, detector, segmentId }, setSearch] = useSearch(search);
  const query = useInfiniteQuery(
    warningsQuery({ status: [status], detector: detector === undefined ? undefined : [detector], segmentId }),
  );
  const detectors = useQuery(detectorsQuery).data?.items ?? [];
  const { check, isStarting } = useCheckNow();
  useEvents(['warning.changed'], () => void query.refetch());
  const first = query.data?.pages[0];
  const isNarrowed = status !== 'open' || detector !== undefined || segmentId !== undefined;
  return (
    <Page
      title={t('alerts.title')}
      subtitle={
        first === undefined || first.asOf === null
          ? undefined
          : t('alerts.total', {
              count: f.count(first.total.count),
              value: f.valueShort(first.total.valueAtRisk),
            })
      }
      asOf={first?.asOf ?? undefined}
      actions={
        canRun && first?.asOf !== null ? (
          <Button loading={isStarting} onClick={check}>
            {t('alerts.run')}
          </Button>
        ) : null
      }
    >
      <FinishHost>
        <div className={styles['stack']}>
          <div className={styles['filters']}>
            <Select
              aria-label={t('alerts.state')}
              value={status}
              options={warningStatuses.map((one) => ({ value: one, label: t(`alerts.status.${one}`) }))}
              onChange={(value) => setSearch({ status: value })}
            />
            <Select
              aria-label={t('alerts.detectors')}
              value={detector ?? ''}
              options={[
                { value: '', label: t('alerts.allDetectors') },
                ...detectors.map((one) => ({
                  value: one.detectorId,
                  label:
                    status === 'open' && one.open > 0
                      ? t('alerts.detectorOpen', { name: words.name(one), count: f.count(one.open) })
                      : words.name(one),
                })),
              ]}
              onChange={(value) => setSearch({ detector: value === '' ? undefined : value })}
            />
            <SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />
          </div>
          {first?.folded.map((one) => (
            <FoldedWarnings key={one.detectorId} fold={one} segmentId={segmentId} />
          ))}
          <Panel padding="none">
            <QueryView
              query={query}
              skeleton={<SkeletonGrid rows={6} columns={3} />}
              empty={({ pages }) => pages[0]?.items.length === 0}
              emptyView={<NoWarnings page={first} isNarrowed={isNarrowed} />}
            >
              {({ pages }) => <WarningList warnings={pages.flatMap(({ items }) => items)} withCustomer />}
            </QueryView>
            <MoreRows query={query} />
          </Panel>
        </div>
      </FinishHost>
    </Page>
  );
}
