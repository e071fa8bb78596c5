/**
 * The answers of statements that run side by side, once all of them are done, the failed ones too: an engine must not be
 * closed under a statement that still runs. Throws the first failure.
 */
export async function allSettled<T extends readonly Promise<unknown>[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
