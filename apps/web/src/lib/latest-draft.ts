import { useState } from 'react';

/** A field that somebody else has changed while it stood in a form. */
interface TheirChange<Draft> {
  field: keyof Draft;
  /** The form had not touched it, and holds their value now; otherwise the reader's own stays in its box. */
  isTaken: boolean;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Theirs where the reader changed nothing, the reader's own where both did. */
export function mergeDraft<Draft extends object>(
  opened: Draft,
  theirs: Draft,
  mine: Draft,
): { draft: Draft; changes: TheirChange<Draft>[] } {
  const draft = { ...mine };
  const changes: TheirChange<Draft>[] = [];
  for (const field of Object.keys(theirs) as (keyof Draft)[]) {
    if (isSame(theirs[field], opened[field]) || isSame(theirs[field], mine[field])) continue;
    const isTaken = isSame(mine[field], opened[field]);
    if (isTaken) draft[field] = theirs[field];
    changes.push({ field, isTaken });
  }
  return { draft, changes };
}

interface Held<Draft> {
  version: number | null;
  /** What the server has, as far as this form has seen it. */
  opened: Draft;
  draft: Draft;
  changes: readonly TheirChange<Draft>[];
}

/** What `useLatestDraft` gives. */
export type LatestDraft<Draft extends object> = ReturnType<typeof useLatestDraft<Draft>>;

/**
 * What a form holds of a record that others may change meanwhile. A newer version may come any time, not only after a refusal:
 * it is merged where it is seen, and said, so that saving writes over nothing in silence.
 * @param version the row's; null for a new record
 * @param read the row as the form holds it; `before` is what was opened, for parts that the row itself keeps back
 */
export function useLatestDraft<Draft extends object>(
  version: number | null,
  read: (before: Draft | null) => Draft,
) {
  const [held, setHeld] = useState<Held<Draft>>(() => {
    const opened = read(null);
    return { version, opened, draft: opened, changes: [] };
  });
  let now = held;
  if (version !== null && held.version !== null && version > held.version) {
    const theirs = read(held.opened);
    const { draft, changes } = mergeDraft(held.opened, theirs, held.draft);
    const earlier = held.changes.filter(({ field }) => !changes.some((change) => change.field === field));
    now = { version, opened: theirs, draft, changes: [...earlier, ...changes] };
    setHeld(now);
  }
  return {
    ...now,
    change: (part: Partial<Draft>) => setHeld({ ...now, draft: { ...now.draft, ...part } }),
    /** Parts that the server shows only now: they are as it has them. */
    open: (part: Partial<Draft>) =>
      setHeld({ ...now, opened: { ...now.opened, ...part }, draft: { ...now.draft, ...part } }),
    take: (field: keyof Draft) =>
      setHeld({
        ...now,
        draft: { ...now.draft, [field]: now.opened[field] },
        changes: now.changes.map((change) => (change.field === field ? { field, isTaken: true } : change)),
      }),
  };
}
