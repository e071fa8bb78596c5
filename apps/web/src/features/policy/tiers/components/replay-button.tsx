import { tierReplay } from '@kezi/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useJob } from '../../../../lib/jobs.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useReplay } from '../api/tiers.js';
import { useWords } from '../words.js';

/** Grades again from what was measured then, and says whether the fingerprints are the same. */
export function ReplayButton({ tierRunId }: { tierRunId: number }) {
  const t = useWords();
  const toast = useToast();
  const replay = useReplay();
  const [jobId, setJobId] = useState<number | null>(null);
  const job = useJob(jobId).data;
  const result = tierReplay.safeParse(job?.result).data;
  if (result) {
    return (
      <Tag tone={result.same ? 'good' : 'bad'} title={result.digest}>
        {t(result.same ? 'tiers.replaySame' : 'tiers.replayOther')}
        {result.left > 0 ? ` ${t('tiers.replayLeft', { count: result.left })}` : ''}
      </Tag>
    );
  }
  if (job?.status === 'failed' || job?.status === 'cancelled') {
    return <Tag tone="bad">{t('tiers.replayFailed')}</Tag>;
  }
  return (
    <Button
      size="small"
      title={t('tiers.replayHint')}
      loading={replay.isPending || jobId !== null}
      onClick={() =>
        replay.mutate(tierRunId, {
          onSuccess: (started) => setJobId(started.jobId),
          onError: (error) => toast.failed(error),
        })
      }
    >
      {t('tiers.replay')}
    </Button>
  );
}
