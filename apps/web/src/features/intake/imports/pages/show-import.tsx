import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { z } from 'zod';
import type { ImportBatch } from '@kezi/contract';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useGo, useParams, useSearch } from '../../../../lib/navigate.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { importQuery } from '../api/imports.js';
import { CheckStep } from '../components/check-step.js';
import { ImportFrame } from '../components/import-frame.js';
import { MapStep } from '../components/map-step.js';
import { ResultStep } from '../components/result-step.js';
import { useDelete } from '../components/use-delete.js';
import { importSteps, shownStep } from '../step-of-batch.js';
import type { ImportStep } from '../step-of-batch.js';
import { useWords } from '../words.js';

const showSearch = z.object({ step: z.enum(importSteps).optional().catch(undefined) });

export function prefetch({ client, params }: PrefetchInput) {
  return client.prefetchQuery(importQuery(Number(params['importId'])));
}

/** One file on its way in, at the step where it stands or that the reader asks for. */
export default function ShowImport() {
  const t = useWords();
  const go = useGo();
  const id = Number(useParams()['importId']);
  const [{ step: asked }, setSearch] = useSearch(showSearch);
  const query = useQuery(importQuery(id));
  useEvents(['import.finished'], () => void query.refetch());
  const remove = useDelete(() => go('/imports'));
  const batch = query.data;
  const step = batch ? shownStep(batch, asked) : (asked ?? 'map');
  const mayGoBack = batch !== undefined && shownStep(batch, 'map') === 'map';
  return (
    <ImportFrame
      title={batch?.fileName ?? t('imports.one')}
      subtitle={batch ? <Origin batch={batch} /> : undefined}
      actions={
        batch && remove.can(batch) ? (
          <Button loading={remove.isPending} onClick={() => remove.ask(batch)}>
            {t('imports.delete')}
          </Button>
        ) : undefined
      }
      step={step}
      {...(mayGoBack
        ? { onGo: (to: ImportStep) => (to === 'upload' ? undefined : setSearch({ step: to })) }
        : {})}
    >
      <QueryView query={query} skeleton={<SkeletonGrid rows={8} columns={4} />}>
        {(found) =>
          step === 'map' ? (
            <MapStep batch={found} />
          ) : step === 'check' ? (
            <CheckStep batch={found} />
          ) : (
            <ResultStep batch={found} />
          )
        }
      </QueryView>
    </ImportFrame>
  );
}

function Origin({ batch }: { batch: ImportBatch }) {
  const t = useWords();
  const f = useFormats();
  return (
    <>
      {t('imports.origin', {
        kind: t(`imports.kind.${batch.kind}`),
        size: f.bytes(batch.fileSize),
        who: batch.createdByName,
      })}
      {' · '}
      <DateText value={batch.createdAt} relative />
    </>
  );
}
