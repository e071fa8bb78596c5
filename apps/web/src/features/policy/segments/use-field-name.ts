import {
  customFieldPrefix,
  segmentFieldKinds,
  type SegmentFieldList,
  type SegmentFieldName,
} from '@kezi/contract';
import { useWords } from './words.js';

/** How a field is called: by the product's word, or by the company's own. */
export function useFieldName(fields: SegmentFieldList | undefined): (field: string) => string {
  const t = useWords();
  return (field) => {
    if (field in segmentFieldKinds) return t(`segments.field.${field as SegmentFieldName}`);
    const own = fields?.items.find((item) => item.field === field)?.name;
    return own ?? field.replace(customFieldPrefix, '');
  };
}
