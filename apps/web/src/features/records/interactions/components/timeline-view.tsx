import { timelineKinds, type TimelineKind } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useEvents } from '../../../../lib/events.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { timelineQuery } from '../api/timeline.js';
import { timelineSearch } from '../timeline-search.js';
import { useWords } from '../words.js';
import { LogForm } from './interaction-form.js';
import { Entry, keyOf } from './timeline-entries.js';
import styles from './timeline.module.css';

/** Asks for the next page before its end comes into sight. */
function useNearEnd(isOpen: boolean, onNear: () => void) {
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(onNear);
  useEffect(() => {
    latest.current = onNear;
  });
  useEffect(() => {
    const element = mark.current;
    if (!isOpen || !element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [isOpen]);
  return mark;
}

/** Everything that happened to a customer, with a form to add to it. */
export default function TimelineView({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayWrite = useCan('interactions:write');
  const [{ timeline: kinds }, setSearch] = useSearch(timelineSearch);
  const setKinds = (timeline: TimelineKind[]) => setSearch({ timeline });
  const query = useInfiniteQuery(timelineQuery(customerId, kinds));
  useEvents(['score.published', 'import.finished'], () => void query.refetch());
  const { hasNextPage, isFetching } = query;
  const more = () => {
    if (!isFetching) void query.fetchNextPage();
  };
  const end = useNearEnd(hasNextPage && !isFetching, more);
  const empty =
    kinds.length === 0 ? (
      <EmptyState picture="file" title={t('interactions.none')} text={t('interactions.noneText')} />
    ) : (
      <EmptyState
        title={t('interactions.noneOfKind')}
        text={t('interactions.noneOfKindText')}
        action={{ label: t('interactions.showAll'), onClick: () => setKinds([]) }}
      />
    );
  return (
    <div className={styles['view']}>
      {mayWrite ? (
        <Panel title={t('interactions.log')}>
          <LogForm key={customerId} customerId={customerId} />
        </Panel>
      ) : null}
      <Panel title={t('interactions.timeline')}>
        <KindFilter kinds={kinds} onChange={setKinds} />
        <QueryView
          query={query}
          skeleton={<SkeletonLines n={10} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={empty}
        >
          {(data) => (
            <ol className={styles['entries']}>
              {data.pages
                .flatMap((page) => page.items)
                .map((entry) => (
                  <li key={keyOf(entry)}>
                    <Entry entry={entry} />
                  </li>
                ))}
            </ol>
          )}
        </QueryView>
        <div ref={end} />
        {hasNextPage ? (
          <div className={styles['end']}>
            <Button loading={query.isFetchingNextPage} onClick={more}>
              {t('interactions.more')}
            </Button>
          </div>
        ) : null}
      </Panel>
    </div>
  );
}

interface KindFilterProps {
  kinds: TimelineKind[];
  onChange: (kinds: TimelineKind[]) => void;
}

/** None chosen shows all. */
function KindFilter({ kinds, onChange }: KindFilterProps) {
  const t = useWords();
  const toggle = (kind: TimelineKind) =>
    onChange(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind]);
  return (
    <fieldset className={styles['kinds']}>
      <legend className="kz-unseen">{t('interactions.filter')}</legend>
      {timelineKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles['kind']}
          data-on={kinds.includes(kind)}
          aria-pressed={kinds.includes(kind)}
          onClick={() => toggle(kind)}
        >
          {t(`interactions.kind.${kind}`)}
        </button>
      ))}
    </fieldset>
  );
}
