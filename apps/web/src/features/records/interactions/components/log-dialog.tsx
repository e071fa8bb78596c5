import type { CustomerDialogProps } from '../../../../lib/feature.js';
import { Dialog } from '../../../../ui/dialog.js';
import { useWords } from '../words.js';
import { LogForm } from './interaction-form.js';

/** Logs a talk from wherever one stands on the page of a customer. */
export default function LogDialog({ customerId, onClose }: CustomerDialogProps) {
  const t = useWords();
  return (
    <Dialog open onClose={onClose} title={t('interactions.log')} width={560}>
      <LogForm customerId={customerId} onLogged={onClose} />
    </Dialog>
  );
}
