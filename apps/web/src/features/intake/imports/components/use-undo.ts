import type { ImportBatch } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { useToast } from '../../../../ui/toast.js';
import { useActOnImport } from '../api/imports.js';
import { useWords } from '../words.js';

type Undoable = Pick<ImportBatch, 'importBatchId' | 'fileName' | 'counts'>;

/** Takes a batch back after saying what that does, in numbers. */
export function useUndo() {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const confirm = useConfirm();
  const undo = useActOnImport('undo');
  const ask = async (batch: Undoable, keepTouched: boolean) => {
    const records = Object.values(batch.counts?.records ?? {});
    const added = records.reduce((sum, record) => sum + record.added, 0);
    const changed = records.reduce((sum, record) => sum + record.changed, 0);
    const sure = await confirm({
      title: t('imports.undo.title', { name: batch.fileName }),
      text: t(keepTouched ? 'imports.undo.keepText' : 'imports.undo.text', {
        added: f.count(added),
        changed: f.count(changed),
      }),
      action: t('imports.undo'),
      danger: true,
    });
    if (!sure) return;
    undo.mutate({ id: batch.importBatchId, keepTouched }, { onError: (error) => toast.failed(error) });
  };
  return {
    ask: (batch: Undoable, keepTouched = false) => void ask(batch, keepTouched),
    isPending: undo.isPending,
  };
}
