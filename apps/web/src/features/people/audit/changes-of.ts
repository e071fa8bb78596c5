interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The changes of an entry, a line a field: [before, after] side by side, anything else as what came of it. */
export function changesOf(changes: unknown): FieldChange[] {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return [];
  return Object.entries(changes as Record<string, unknown>).map(([field, value]) => {
    const isPair = Array.isArray(value) && value.length === 2;
    const [before, after]: unknown[] = isPair ? value : [null, value];
    return { field, before: textOf(before), after: textOf(after) };
  });
}
