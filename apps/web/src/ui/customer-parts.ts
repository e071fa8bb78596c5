import type { Permission } from '@kezi/contract';
import type { ComponentType } from 'react';
import type { CustomerAct, CustomerDialogProps, CustomerPartName } from '../lib/feature.js';
import { later } from './later.js';

interface CustomerPartProps {
  customerId: number;
}

interface OfferedPart {
  permission: Permission;
  Part: ReturnType<typeof later<CustomerPartProps>>['Part'];
  prepare: () => void;
}

/** Parts of a customer's page that other features bring. Their scripts come when their tab is opened. */
const offered = new Map<CustomerPartName, OfferedPart>();

/** app/ says at start who brings what. */
export function offerCustomerPart(
  name: CustomerPartName,
  permission: Permission,
  load: () => Promise<{ default: ComponentType<CustomerPartProps> }>,
): void {
  offered.set(name, { permission, ...later(load) });
}

export function customerPart(name: CustomerPartName): OfferedPart | undefined {
  return offered.get(name);
}

const panels: ReturnType<typeof later<CustomerPartProps>>[] = [];

/** app/ says at start who brings the customer beside a page. */
export function offerCustomerPanel(load: () => Promise<{ default: ComponentType<CustomerPartProps> }>): void {
  panels.push(later(load));
}

/** None or one; the same list at every call. */
export function customerPanels(): typeof panels {
  return panels;
}

interface OfferedAct extends Pick<CustomerAct, 'id' | 'label' | 'permission' | 'path'> {
  /** The dialog that the act opens; none where it leads to a page. */
  dialog?: ReturnType<typeof later<CustomerDialogProps>>;
}

const acts: OfferedAct[] = [];

/** app/ says at start who brings which; they stand in the order of the features. */
export function offerCustomerAct({ dialog, ...act }: CustomerAct): void {
  acts.push(dialog === undefined ? act : { ...act, dialog: later(dialog) });
}

export function customerActs(): readonly OfferedAct[] {
  return acts;
}
