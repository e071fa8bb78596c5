import { readFile } from 'node:fs/promises';
import { CodedError } from '@kezi/contract/errors';

/**
 * What a JSON file holds, as it is: what does not fit, the server says part by part, and a key that it does not know is not
 * dropped on the way.
 * @throws CodedError cli.json_invalid
 */
export async function jsonIn(file: string): Promise<object> {
  const text = await readFile(file, 'utf8');
  try {
    const held: unknown = JSON.parse(text);
    if (typeof held === 'object' && held !== null && !Array.isArray(held)) return held;
  } catch (error) {
    throw new CodedError('cli.json_invalid', { file }, { cause: error });
  }
  throw new CodedError('cli.json_invalid', { file });
}
