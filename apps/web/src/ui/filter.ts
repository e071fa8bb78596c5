import type { ReactNode } from 'react';

interface FilterOption {
  value: string;
  label: ReactNode;
}

interface BaseFilter {
  id: string;
  label: string;
}

/** One filter. An undefined value (or an empty list) means: not narrowed by it. */
export type Filter = BaseFilter &
  (
    | {
        kind: 'choice';
        options: readonly FilterOption[];
        value: string | undefined;
        onChange: (value: string | undefined) => void;
      }
    | {
        kind: 'choices';
        options: readonly FilterOption[];
        value: readonly string[];
        onChange: (value: string[]) => void;
      }
    | {
        /** The beginning of a text. */
        kind: 'text';
        value: string | undefined;
        onChange: (value: string | undefined) => void;
      }
    | {
        kind: 'range';
        value: { min?: number | undefined; max?: number | undefined };
        onChange: (value: { min: number | undefined; max: number | undefined }) => void;
        suffix?: string;
      }
    | {
        kind: 'dates';
        value: { from?: string | undefined; to?: string | undefined };
        onChange: (value: { from: string | undefined; to: string | undefined }) => void;
        /** Spans that are asked for often. */
        presets?: readonly { label: string; from: string | undefined; to: string | undefined }[];
      }
  );

/** Whether it narrows anything now. */
export function isSet({ kind, value }: Filter): boolean {
  if (kind === 'choice' || kind === 'text') return value !== undefined;
  if (kind === 'choices') return value.length > 0;
  return Object.values(value).some((end) => end !== undefined);
}
