import type { Permission } from '@kezi/contract';
import { useCan, useSession } from '../../../lib/session.js';

/** A policy concerns all customers: who works on it has the right and sees all of them. */
export function useMay(permission: Permission): boolean {
  const can = useCan(permission);
  const { scope } = useSession();
  return can && scope === 'all';
}
