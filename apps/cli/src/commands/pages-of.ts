import type { ServerClient } from '../server-client.js';

/** What the server gives at most in a page. */
const largestPage = 200;

/**
 * Rows page by page, up to a limit.
 * @param path with what comes before `limit=` in its query: it ends with `?` or `&`
 */
export async function* pagesOf<Row>(
  client: ServerClient,
  path: string,
  limit: number,
): AsyncGenerator<Row[]> {
  let left = limit;
  let cursor: string | null = '';
  while (left > 0 && cursor !== null) {
    const query = new URLSearchParams({ limit: String(Math.min(left, largestPage)) });
    if (cursor !== '') query.set('cursor', cursor);
    const page: { items: Row[]; nextCursor: string | null } = await client.call(
      'GET',
      `${path}${query.toString()}`,
    );
    yield page.items;
    left -= page.items.length;
    cursor = page.nextCursor;
  }
}
