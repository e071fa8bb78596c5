export { refuseChanged } from './bytes/refuse-changed.js';
export type { FieldContent, FieldDefinition } from './columns/field-definition.js';
export { FIELDS, guessColumns, type ColumnGuess } from './columns/guess-columns.js';
export { BAD_TEXT, MAX_CELL, MAX_GZIP_RATIO, MAX_LINE, SAMPLE_ROWS } from './limits.js';
export { csvLine, type CsvLineOptions } from './output/csv-line.js';
export { createErrorWorkbook, type ErrorRow, type ErrorWorkbook } from './output/create-error-workbook.js';
export { inertCell, revertInertCell } from './output/inert-cell.js';
export {
  openWorkbookWriter,
  type WorkbookOptions,
  type WorkbookWriter,
} from './output/open-workbook-writer.js';
export { LINE_COLUMN, toUtf8Csv, type ToUtf8CsvOptions, type Utf8Csv } from './output/to-utf8-csv.js';
export { readRows, type ReadRowsOptions } from './read-rows.js';
export { nameColumns } from './sniff/name-columns.js';
export { sniffFile } from './sniff/sniff-file.js';
export type { FileFormat, SniffedColumn, SniffedFile, SniffOverrides } from './sniff/sniffed-file.js';
export {
  isBlankRow,
  type BadRow,
  type Parsed,
  type Row,
  type RowBatch,
  type TabularWarning,
} from './tabular-row.js';
export { parseCurrency } from './values/currencies.js';
export { dateFormat, dateFormatNames, type DateFormat, type DateFormatName } from './values/date-formats.js';
export { detectDateFormat, type DateDetection } from './values/detect-date-format.js';
export { detectNumberStyle, type NumberDetection } from './values/detect-number-style.js';
export { parseDate, parseMoment } from './values/parse-date.js';
export {
  parseDecimal,
  PLAIN_NUMBER,
  powerOfTen,
  type Decimal,
  type NumberStyle,
} from './values/parse-decimal.js';
export { lineAmountMinor, parseMoney, plainMinor, type MoneyOptions } from './values/parse-money.js';
export { decimalText } from './workbook/cell-style.js';
