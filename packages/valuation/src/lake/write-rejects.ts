import { writeFile } from 'node:fs/promises';
import type { Engine } from '../engine/engine.js';
import { writeWhole } from '../scores/write-scores.js';

/** Writes the rejected rows as CSV: file, line, column (number from 1), code, text; in the order of the files. */
export async function writeRejects(engine: Engine, rejected: number, path: string): Promise<void> {
  await writeWhole(path, async (aside) => {
    if (rejected === 0) {
      await writeFile(aside, 'file,line,column,code,text\n');
      return;
    }
    const column = engine.dialect.identifier('column');
    const query = `SELECT file, line, ${column}, code, text FROM reject ORDER BY file, line, ${column}`;
    await engine.run(engine.dialect.copyToFile(query, aside, 'csv'));
  });
}
