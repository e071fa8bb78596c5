/** The figures behind a chart: for the table view, the export and screen readers. */
export interface ChartTable {
  columns: readonly { id: string; label: string; align?: 'start' | 'end' }[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Cells that a spreadsheet would take for a formula are made inert with an apostrophe; numbers stay numbers. */
function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const inert = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** RFC 4180, with the mark that makes Excel read UTF-8. */
export function toCsv({ columns, rows }: ChartTable): string {
  const lines = [columns.map((column) => column.label), ...rows].map((cells) => cells.map(csvCell).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** Hands the reader a file made here. */
export function saveFile(name: string, content: Blob | string): void {
  const href = typeof content === 'string' ? content : URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  if (typeof content !== 'string') setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
