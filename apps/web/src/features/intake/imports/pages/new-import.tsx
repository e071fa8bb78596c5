import { importKind } from '@kezi/contract';
import type { ImportBatch } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { AppLink, useGo, useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { Panel } from '../../../../ui/panel.js';
import { UploadDrop } from '../../../../ui/upload-drop.js';
import { importQuery } from '../api/imports.js';
import { hasCustomersQuery } from '../api/load-demo.js';
import { acceptedEndings, maxBytes, uploadFile } from '../api/upload-file.js';
import { ImportFrame } from '../components/import-frame.js';
import { KindChoice } from '../components/kind-choice.js';
import { useWords } from '../words.js';
import styles from './imports.module.css';

const newSearch = z.object({ kind: importKind.catch('orders') });

/** First step: what the file holds, and the file. */
export default function NewImport() {
  const t = useWords();
  const go = useGo();
  const client = useQueryClient();
  const [{ kind }, setSearch] = useSearch(newSearch);
  const onDone = (batch: ImportBatch) => {
    client.setQueryData(importQuery(batch.importBatchId).queryKey, batch);
    void client.invalidateQueries({ queryKey: ['imports', 'list'] });
    go(`/imports/${batch.importBatchId}?step=map`);
  };
  return (
    <ImportFrame title={t('imports.new')} step="upload">
      <Panel title={t('imports.kind')}>
        <KindChoice value={kind} onChange={(next) => setSearch({ kind: next }, { replace: true })} />
      </Panel>
      <Panel title={t('imports.file')} hint={t('imports.file.hint')}>
        <UploadDrop
          key={kind}
          accept={acceptedEndings}
          maxBytes={maxBytes}
          hint={t('imports.formats')}
          upload={(file, options) =>
            uploadFile(kind, file, { ...options, changedText: t('imports.changed') })
          }
          onDone={onDone}
        />
        <ul className={styles['facts']}>
          <li>{t(`imports.fact.${kind}`)}</li>
          <li>{t('imports.fact.safe')}</li>
          <DemoFact />
        </ul>
      </Panel>
    </ImportFrame>
  );
}

/** The made-up company is for an empty register: beside customers of one's own it would only be in the way. */
function DemoFact() {
  const t = useWords();
  const canLoad = useCan('demo:load');
  const hasCustomers = useQuery({ ...hasCustomersQuery, enabled: canLoad }).data;
  if (hasCustomers !== false) return null;
  return (
    <li>
      {t('imports.fact.demo')} <AppLink to="/imports/demo">{t('imports.fact.demoLink')}</AppLink>
    </li>
  );
}
