import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FoundRecord } from '../lib/feature.js';
import { can, useMaybeSession } from '../lib/session.js';
import { features } from './features.js';

interface FoundGroup {
  id: string;
  /** Locale key. */
  label: string;
  records: FoundRecord[];
}

/** Milliseconds of rest before the server is asked; below what a reader takes for a wait. */
const restMs = 120;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

interface FoundRecords {
  groups: FoundGroup[];
  /** False while an answer to what is typed may still come. */
  isDone: boolean;
}

/** What the features that can look records up have found for the text; groups in the order of the wings. */
export function useFoundRecords(typed: string): FoundRecords {
  const wanted = typed.trim();
  const text = useRested(wanted);
  const session = useMaybeSession();
  const sources = features.flatMap((feature) =>
    feature.search && can(session, feature.search.permission) ? [{ id: feature.id, ...feature.search }] : [],
  );
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.id, text],
      enabled: text.length > 0,
      staleTime: 30_000,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const { default: search } = await source.records();
        return search(text, { signal });
      },
    })),
  });
  const groups = sources.map(({ id, label }, index) => ({
    id,
    label,
    records: text === '' ? [] : (answers[index]?.data ?? []),
  }));
  return { groups, isDone: text === wanted && !answers.some((answer) => answer.isFetching) };
}
