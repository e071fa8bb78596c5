import { customFieldList, type CustomField } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';
import { usePreferences } from './preferences.js';

/** The company's own fields of customers, in the order in which they are shown. */
export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields'],
  queryFn: ({ signal }) => api.get('/custom-fields', { schema: customFieldList, signal }),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
});

/** Names fields in the reader's language; in Chinese where there is no other name. */
export function useFieldLabel(): (field: Pick<CustomField, 'name' | 'nameEn'>) => string {
  const { language } = usePreferences();
  return ({ name, nameEn }) => (language === 'zh-CN' ? name : (nameEn ?? name));
}
