import type { Permission } from '@kezi/contract';
import type { ComponentType } from 'react';
import type { CustomerPartName } from '../lib/feature.js';
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
