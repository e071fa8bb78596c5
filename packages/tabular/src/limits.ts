// Bounds of what one file may cost. Each is refused with its own code as soon as it is passed.

/** Characters in one cell. PostgreSQL and spreadsheets hold more, but no business field needs a megabyte. */
export const MAX_CELL = 1 << 20;

/** Bytes between two line ends. */
export const MAX_LINE = 16 << 20;

/** Columns in one row; Excel's own limit. */
export const MAX_COLUMNS = 16_384;

/** Bytes read from the front of a file to find out what it is. */
export const HEAD_BYTES = 1 << 20;

/** Rows of the front that are shown and guessed from. */
export const SAMPLE_ROWS = 200;

/** Sum of the inflated sizes of the parts of a workbook. */
export const MAX_WORKBOOK_BYTES = 200_000_000;

/** Inflated to packed size of a part. Honest sheets stay under 25; a bomb is at 1,000. */
export const MAX_WORKBOOK_RATIO = 50;

/** Below this size a high ratio does no harm (an empty style table packs very well). */
export const RATIO_FREE_BYTES = 1_000_000;

/** Cells in one sheet. More belongs into CSV. */
export const MAX_WORKBOOK_CELLS = 5_000_000;

/** Inflated to packed size of a gzip file once it is over a gibibyte. Orders as CSV pack 5 to 30 times. */
export const MAX_GZIP_RATIO = 200;

/** Characters of a bad row that are kept to show it. */
export const BAD_TEXT = 500;
