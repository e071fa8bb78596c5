import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';

/** Tells the new owner, and everybody who looks at a register, that customers changed hands. */
export async function tellTransfer(
  db: Db,
  { ownerId, customers, transferId }: { ownerId: number | null; customers: number; transferId: number },
): Promise<void> {
  if (customers === 0) return;
  const audience = ownerId === null ? ('all' as const) : { userId: ownerId };
  await emitEvent(db, 'customer.transferred', { transferId, ownerId, customers }, { audience });
}
