import { contactPage } from '@kezi/contract';
import { api } from '../../../../lib/api.js';
import type { SearchRecords } from '../../../../lib/feature.js';

/** People in the one search at the top: by part of the name, pinyin or initials, a whole number or its last four digits. */
const searchContacts: SearchRecords = async (text, { signal }) => {
  const { items } = await api.get('/contacts', {
    query: { q: text, limit: 5 },
    schema: contactPage,
    signal,
  });
  return items.map((row) => ({
    id: String(row.contactId),
    title: row.name,
    note: [row.customerName, row.title].filter(Boolean).join(' · '),
    path: `/customers/${row.customerId}?tab=contacts`,
  }));
};

export default searchContacts;
