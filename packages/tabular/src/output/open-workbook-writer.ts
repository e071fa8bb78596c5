import type { Writable } from 'node:stream';
import type exceljs from 'exceljs';

export type WorkbookWriter = exceljs.stream.xlsx.WorkbookWriter;

export interface WorkbookOptions {
  /** A file, or a stream that the caller has opened. */
  to: string | Writable;
  /** Column widths, bold heads; costs a little a cell. Default false. */
  styles?: boolean;
}

/**
 * A workbook whose rows go out as they come. The library is loaded when the first workbook is written: it takes a third
 * of a second, which no start and no other command should pay.
 */
export async function openWorkbookWriter({ to, styles = false }: WorkbookOptions): Promise<WorkbookWriter> {
  const { default: library } = await import('exceljs');
  return new library.stream.xlsx.WorkbookWriter({
    ...(typeof to === 'string' ? { filename: to } : { stream: to }),
    useSharedStrings: false,
    useStyles: styles,
  });
}
