import { customerPage } from '@kezi/contract';
import { api } from '../../../../lib/api.js';
import type { SearchRecords } from '../../../../lib/feature.js';

/** Customers in the one search at the top: by part of the name, pinyin, initials or number; the most valuable first. */
const searchCustomers: SearchRecords = async (text, { signal }) => {
  const { items } = await api.get('/customers', {
    query: { q: text, limit: 8 },
    schema: customerPage,
    signal,
  });
  return items.map((row) => ({
    id: String(row.customerId),
    title: row.name,
    note: [row.customerNo, row.region, row.ownerName].filter(Boolean).join(' · '),
    path: `/customers/${row.customerId}`,
  }));
};

export default searchCustomers;
