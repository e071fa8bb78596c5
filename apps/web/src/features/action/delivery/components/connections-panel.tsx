import { Button } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { useWords } from '../words.js';

interface ConnectionsProps<Row> {
  of: 'robot' | 'webhook';
  query: UseQueryResult<{ items: Row[] }>;
  /** One line. */
  children: (row: Row) => ReactNode;
  /** The form for a new one. */
  maker: (close: () => void) => ReactNode;
}

/** Robots or webhooks that are set up, and the way to another. */
export function ConnectionsPanel<Row>({ of, query, children, maker }: ConnectionsProps<Row>) {
  const t = useWords();
  const [isMaking, setMaking] = useState(false);
  const begin = () => setMaking(true);
  return (
    <Panel
      title={t(`delivery.${of}s`)}
      hint={t(`delivery.${of}s_hint`)}
      padding="none"
      extra={<Button onClick={begin}>{t(`delivery.${of}_new`)}</Button>}
    >
      <QueryView
        query={query}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            title={t(`delivery.${of}s_none`)}
            text={t(`delivery.${of}s_none_text`)}
            action={{ label: t(`delivery.${of}_new`), onClick: begin }}
          />
        }
      >
        {({ items }) => <ul>{items.map(children)}</ul>}
      </QueryView>
      {isMaking ? maker(() => setMaking(false)) : null}
    </Panel>
  );
}
