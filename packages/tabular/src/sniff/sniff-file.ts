import { CodedError } from '@kezi/contract/errors';

import { readHead, type FileHead } from './read-head.js';
import { refuseForeign } from './refuse-foreign.js';
import { sniffDelimited } from './sniff-delimited.js';
import type { SniffedFile, SniffOverrides } from './sniffed-file.js';
import { sniffWorkbook } from '../workbook/sniff-workbook.js';

/**
 * Finds out what a file is from at most 2 MiB of it (of a workbook, from its first rows). What cannot be a table is refused
 * with a `tabular.*` code: missing, empty, header only, binary, another format, too large.
 */
export async function sniffFile(path: string, overrides: SniffOverrides = {}): Promise<SniffedFile> {
  const head = await readHead(path);
  const container = overrides.format === 'delimited' ? null : refuseForeign(head.bytes);
  if (container === 'parquet') return parquet(head);
  if (container === 'zip') {
    if (head.compression === 'gzip')
      throw new CodedError('tabular.unsupported_format', { format: 'XLSX.GZ' });
    return sniffWorkbook(path, head, overrides);
  }
  if (overrides.format !== undefined && overrides.format !== 'delimited') {
    throw new CodedError('tabular.unsupported_format', { format: 'TEXT' });
  }
  return sniffDelimited(head, overrides);
}

function parquet(head: FileHead): SniffedFile {
  if (head.compression === 'gzip')
    throw new CodedError('tabular.unsupported_format', { format: 'PARQUET.GZ' });
  return {
    format: 'parquet',
    compression: 'none',
    encoding: 'utf-8',
    bom: false,
    delimiter: ',',
    quote: null,
    newline: '\n',
    header: true,
    headerLine: 0,
    frontLine: 0,
    columns: [],
    sizeBytes: head.sizeBytes,
    modifiedMs: head.modifiedMs,
    sampleRows: [],
    sheets: [],
    sheet: null,
    errorFile: false,
    warnings: [],
    engineReadable: true,
  };
}
