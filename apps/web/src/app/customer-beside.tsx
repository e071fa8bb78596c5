import { z } from 'zod';
import { useHere, useSearch } from '../lib/navigate.js';
import { useCan } from '../lib/session.js';
import { customerPanels } from '../ui/customer-parts.js';
import { usePreparedAtRest } from '../ui/later.js';

const search = z.object({ customer: z.coerce.number().int().positive().optional().catch(undefined) });

/** The customer whose name was clicked, beside the page that has the name. */
export function CustomerBeside() {
  const [{ customer }] = useSearch(search);
  const here = useHere();
  const canRead = useCan('customers:read');
  const [panel] = customerPanels();
  usePreparedAtRest(customerPanels());
  const isOwnPage = here.split('?')[0] === `/customers/${customer}`;
  if (customer === undefined || !canRead || isOwnPage || !panel) return null;
  return <panel.Part customerId={customer} waiting={null} />;
}
