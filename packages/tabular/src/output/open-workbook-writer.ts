import type { Writable } from 'node:stream';
import type exceljs from 'exceljs';

export type WorkbookWriter = exceljs.stream.xlsx.WorkbookWriter;

export interface WorkbookOptions {
  /** A file, or a stream that the caller has opened. */
  to: string | Writable;
  /** Column widths, bold heads; costs a little a cell. Default false. */
  styles?: boolean;
  /** The same rows give the same bytes: no moment is written. Default false. */
  timeless?: boolean;
}

/** What writes one part of the archive after another. */
interface Packer {
  append: (source: unknown, part: object, done: unknown) => void;
}

/** Stands where a workbook would say when it was made. */
const noMoment = new Date('2000-01-01T00:00:00Z');

/**
 * A workbook whose rows go out as they come. The library is loaded when the first workbook is written: it takes a third
 * of a second, which no start and no other command should pay.
 */
export async function openWorkbookWriter({
  to,
  styles = false,
  timeless = false,
}: WorkbookOptions): Promise<WorkbookWriter> {
  const { default: library } = await import('exceljs');
  const book = new library.stream.xlsx.WorkbookWriter({
    ...(typeof to === 'string' ? { filename: to } : { stream: to }),
    useSharedStrings: false,
    useStyles: styles,
  });
  if (timeless) {
    book.created = noMoment;
    book.modified = noMoment;
    // The archive gives each part the present time, and the library has no option for it. The first parts wait in its queue.
    const { zip } = book as unknown as { zip: { _module: Packer } };
    const pack = zip._module.append.bind(zip._module);
    zip._module.append = (source, part, done) => pack(source, { ...part, date: noMoment }, done);
  }
  return book;
}
