import type { Encoding } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

import { decodeStrict, showBroken } from '../bytes/decode-segments.js';
import { MAX_CELL, MAX_COLUMNS, MAX_LINE, SAMPLE_ROWS } from '../limits.js';
import { isErrorHeader, sourceCells } from '../output/error-columns.js';
import { detectDelimiter, commonWidth, splitSample } from './detect-delimiter.js';
import { detectEncoding, findBom, type DetectedEncoding } from './detect-encoding.js';
import { detectHeader } from './detect-header.js';
import { nameColumns } from './name-columns.js';
import type { FileHead } from './read-head.js';
import { refuseBinary } from './refuse-foreign.js';
import type { SniffedFile, SniffOverrides } from './sniffed-file.js';

/** Lines that the delimiter is tried on. */
const TRIED_LINES = 100;

/** Finds encoding, delimiter, header and columns of a text file from its front. */
export function sniffDelimited(head: FileHead, overrides: SniffOverrides): SniffedFile {
  const encoding = chooseEncoding(head, overrides.encoding);
  const text = decodeFront(head, encoding);
  if (text.trim() === '') throw new CodedError('tabular.empty_file', {});
  refuseBinary(text);
  const quote = overrides.quote === undefined ? '"' : overrides.quote;
  const lines = frontLines(text, TRIED_LINES);
  const delimiter = overrides.delimiter ?? detectDelimiter(lines, quote);
  const { rows, bad } = splitSample(frontLines(text, SAMPLE_ROWS), delimiter, quote);
  const { width } = commonWidth(rows);
  const { header, headerLine, skipped } = detectHeader(rows, width, overrides.header);
  const headerRow = header ? rows[skipped] : undefined;
  const body = rows.slice(skipped + (header ? 1 : 0));
  if (body.length + bad.length === 0 && head.whole) throw new CodedError('tabular.header_only', {});
  const headers = headerRow === undefined ? null : trimTrailing(headerRow.cells, width);
  const inFile = headers?.length ?? width;
  if (inFile > MAX_COLUMNS) {
    throw new CodedError('tabular.too_many_columns', { found: inFile, limit: MAX_COLUMNS });
  }
  const whole = body.filter((row) => row.cells.length === inFile).map((row) => row.cells);
  const errorFile = headers !== null && isErrorHeader(headers);
  const sampleRows = errorFile ? whole.map(sourceCells) : whole;
  const own = errorFile ? sourceCells(headers) : headers;
  const named = nameColumns(own, sampleRows, own?.length ?? inFile, overrides.kind ?? 'orders');
  const titles =
    skipped === 0 ? [] : [{ code: 'tabular.titles_skipped' as const, params: { rows: skipped } }];
  return {
    format: 'delimited',
    compression: head.compression,
    encoding: encoding.encoding,
    bom: encoding.bom,
    delimiter,
    quote: delimiter === 'blanks' ? null : quote,
    newline: newlineOf(text),
    header,
    headerLine,
    frontLine: rows[skipped - (header ? 0 : 1)]?.line ?? 0,
    columns: named.columns,
    sizeBytes: head.sizeBytes,
    modifiedMs: head.modifiedMs,
    sampleRows: sampleRows.map((row) => row.map((cell) => showBroken(cell).slice(0, 500))),
    sheets: [],
    sheet: null,
    errorFile,
    warnings: [...encoding.warnings, ...titles, ...named.warnings],
    engineReadable:
      encoding.encoding === 'utf-8' &&
      delimiter !== 'blanks' &&
      skipped === 0 &&
      headerLine < 2 &&
      !errorFile,
  };
}

function chooseEncoding(head: FileHead, forced: Encoding | undefined): DetectedEncoding {
  if (forced === undefined) return detectEncoding(head);
  const bom = findBom(head.bytes);
  const marked = bom !== null && bom.encoding === forced;
  return { encoding: forced, bom: marked, bomBytes: marked ? bom.bytes : 0, warnings: [] };
}

/** The front as text; a cut-off last line is left out. */
function decodeFront(head: FileHead, encoding: DetectedEncoding): string {
  let bytes = head.bytes.subarray(encoding.bomBytes);
  const wide = encoding.encoding === 'utf-16le' || encoding.encoding === 'utf-16be';
  if (wide && bytes.length % 2 === 1) bytes = bytes.subarray(0, -1);
  const strict = decodeStrict(bytes, encoding.encoding);
  const text = strict ?? new TextDecoder(encoding.encoding, { ignoreBOM: true }).decode(bytes);
  if (head.whole) return text;
  const cut = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return cut === -1 ? refuseEndless(text) : text.slice(0, cut + 1);
}

/** No line end in the first mebibyte: not a table, or one enormous row. */
function refuseEndless(text: string): never {
  const cells = text.split(/[,\t;|]/);
  const longest = cells.reduce((size, cell) => Math.max(size, cell.length), 0);
  if (longest * 2 > text.length)
    throw new CodedError('tabular.cell_too_large', { line: 1, limit: `${MAX_CELL >> 20} MiB` });
  throw new CodedError('tabular.line_too_large', { line: 1, limit: `${MAX_LINE >> 20} MiB` });
}

function frontLines(text: string, lines: number): string {
  let at = 0;
  const ends = /\r\n|\n|\r/g;
  for (let line = 0; line < lines; line += 1) {
    const end = ends.exec(text);
    if (end === null) return text;
    at = end.index + end[0].length;
  }
  return text.slice(0, at);
}

/** Headers without the empty ones behind the last column of the table. */
function trimTrailing(cells: readonly string[], width: number): string[] {
  let end = cells.length;
  while (end > width && cells[end - 1]?.trim() === '') end -= 1;
  return cells.slice(0, end);
}

function newlineOf(text: string): SniffedFile['newline'] {
  const end = /\r\n|\n|\r/.exec(text)?.[0];
  return end === '\r\n' || end === '\r' ? end : '\n';
}
