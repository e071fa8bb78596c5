/** Tables without row-level security, each with its reason. The list may only shrink. */
export const unprotectedTables: Readonly<Record<string, string>> = {
  kysely_migration: 'Names of migrations; the program has no right on it.',
  kysely_migration_lock: 'One row that says whether a migration runs; the program has no right on it.',
  lake_dirty_customer: 'Numbers of customers whose lake rows are stale; no page or answer is made from it.',
  warning_dirty_customer:
    'Numbers of customers whom detectors have to look at again; no page or answer is made from it.',
};
