import { job as jobSchema, jobPage } from '@kezi/contract';
import type { Job } from '@kezi/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, url } from './api.js';

export type { Job };

/** Milliseconds between looks at the list while something runs, and while nothing does (a job may start elsewhere). */
const look = { busy: 2000, idle: 30_000 };

const isOpen = (job: Job) => job.status === 'queued' || job.status === 'running';

const runningJobsQuery = queryOptions({
  queryKey: ['jobs', 'running'],
  queryFn: async ({ signal }) => {
    const [running, queued] = await Promise.all([
      api.get('/jobs', { query: { status: 'running', limit: 20 }, schema: jobPage, signal }),
      api.get('/jobs', { query: { status: 'queued', limit: 20 }, schema: jobPage, signal }),
    ]);
    return [...running.items, ...queued.items];
  },
  refetchInterval: (query) => ((query.state.data?.length ?? 0) > 0 ? look.busy : look.idle),
});

/** Jobs that wait or run, the reader's own (administrators: all). */
export function useRunningJobs(): readonly Job[] {
  return useQuery(runningJobsQuery).data ?? [];
}

const jobQuery = (id: number) =>
  queryOptions({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => api.get(`/jobs/${id}`, { schema: jobSchema, signal }),
  });

/** One job, live: the server's event stream writes into the query; when the stream breaks the query is asked again. */
export function useJob(id: number | null) {
  const client = useQueryClient();
  const query = useQuery({ ...jobQuery(id ?? 0), enabled: id !== null });
  const open = query.data === undefined || isOpen(query.data);
  useEffect(() => {
    if (id === null || !open) return undefined;
    const source = new EventSource(url(`/jobs/${id}/events`));
    source.addEventListener('job', (event: MessageEvent<string>) => {
      const read = jobSchema.safeParse(JSON.parse(event.data));
      if (!read.success) return;
      client.setQueryData(jobQuery(id).queryKey, read.data);
      if (!isOpen(read.data)) {
        source.close();
        void client.invalidateQueries({ queryKey: ['jobs'] });
      }
    });
    source.addEventListener(
      'error',
      () => void client.invalidateQueries({ queryKey: jobQuery(id).queryKey }),
    );
    return () => source.close();
  }, [id, open, client]);
  return query;
}

export function cancelJob(id: number): Promise<Job> {
  return api.post(`/jobs/${id}/cancel`, undefined, { schema: jobSchema });
}
