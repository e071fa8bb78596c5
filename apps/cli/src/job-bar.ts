import type { Job } from '@kezi/contract';

interface JobBar {
  update: (stage: string, done: number, total: number | null) => void;
  follow: (job: Job) => void;
  stop: () => void;
}

/** A bar on a terminal; nothing on a pipe. */
export async function jobBar(): Promise<JobBar> {
  if (!process.stderr.isTTY)
    return { update: () => undefined, follow: () => undefined, stop: () => undefined };
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{stage} {bar} {percentage}% {duration_formatted}',
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(1, 0, { stage: '' });
  const update = (stage: string, done: number, total: number | null) =>
    bar.update(total ? Math.min(1, done / total) : 0, { stage });
  return {
    update,
    follow: ({ progress: reached }) => {
      if (reached) update(reached.stage, reached.done, reached.total);
    },
    stop: () => bar.stop(),
  };
}
