import type { CustomerDialogProps } from '../../../../lib/feature.js';
import { useToday } from '../../../../ui/use-today.js';
import TaskDialog from './task-dialog.js';

/** A task about the customer whose page is open. */
export default function CustomerTaskDialog({ customerId, onClose }: CustomerDialogProps) {
  const today = useToday();
  return <TaskDialog dueOn={today} about={{ customerId, title: '' }} onClose={onClose} />;
}
