import type { ImportBatch, ImportStatus } from '@kezi/contract';
import { useCan } from '../../../../lib/session.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { useToast } from '../../../../ui/toast.js';
import { useDeleteImport } from '../api/imports.js';
import { useWords } from '../words.js';

type Deletable = Pick<ImportBatch, 'importBatchId' | 'fileName' | 'status'>;

/** Nothing of these was ever written. */
const neverImported: ReadonlySet<ImportStatus> = new Set(['uploaded', 'checked', 'failed', 'cancelled']);

/** Deletes an upload once its name has been typed: a file that is gone cannot be brought back. */
export function useDelete(onDone?: () => void) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const canWrite = useCan('imports:write');
  const remove = useDeleteImport();
  const ask = async ({ importBatchId, fileName }: Deletable) => {
    const sure = await confirm({
      title: t('imports.delete.title', { name: fileName }),
      text: t('imports.delete.text'),
      action: t('imports.delete'),
      danger: true,
      // What is typed is compared without outer blanks.
      typeName: fileName.trim(),
    });
    if (!sure) return;
    remove.mutate(
      { id: importBatchId },
      {
        onSuccess: () => {
          toast.done(t('imports.deleted'));
          onDone?.();
        },
        onError: (error) => toast.failed(error),
      },
    );
  };
  return {
    can: (batch: Deletable) => canWrite && neverImported.has(batch.status),
    ask: (batch: Deletable) => void ask(batch),
    isPending: remove.isPending,
  };
}
