import { CodedError } from '@kezi/contract/errors';

import { MAX_CELL, MAX_COLUMNS, MAX_WORKBOOK_CELLS } from '../limits.js';
import type { Row } from '../tabular-row.js';
import { numberText } from './cell-style.js';
import type { WorkbookPackage } from './open-workbook.js';
import { parseXml } from './parse-xml.js';
import { unescapeText, type WorkbookParts } from './read-workbook-parts.js';

/** Rows of a sheet as they come, with as many cells as the last filled one needs; rows without any filled cell are left out. */
export async function* readSheet(
  book: WorkbookPackage,
  part: string,
  parts: WorkbookParts,
): AsyncGenerator<Row[]> {
  const reader = new SheetReader(parts);
  for await (const _ of parseXml(await book.read(part), reader)) {
    if (reader.rows.length === 0) continue;
    yield reader.rows;
    reader.rows = [];
  }
}

class SheetReader {
  rows: Row[] = [];
  private line = 0;
  private cells: string[] = [];
  private filled = false;
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private collecting = false;
  private inAid = false;
  private count = 0;

  constructor(private readonly parts: WorkbookParts) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.collecting = true;
    else if (name === 't') this.collecting = this.type === 'inlineStr' && !this.inAid;
    else if (name === 'rPh') this.inAid = true;
    else if (name === 'row') this.openRow(attributes['r']);
  }

  text(text: string): void {
    if (!this.collecting) return;
    this.value += text;
    if (this.value.length > MAX_CELL) {
      throw new CodedError('tabular.cell_too_large', { line: this.line, limit: '1 MiB' });
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.collecting = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'rPh') this.inAid = false;
    else if (name === 'row' && this.filled) this.rows.push({ line: this.line, cells: this.cells });
  }

  private openRow(number: string | undefined): void {
    this.line = number === undefined ? this.line + 1 : Number(number);
    this.cells = [];
    this.filled = false;
    this.column = -1;
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    this.count += 1;
    if (this.count > MAX_WORKBOOK_CELLS) throw tooManyCells();
    const reference = attributes['r'];
    this.column = reference === undefined ? this.column + 1 : columnOf(reference);
    if (this.column < 0 || this.column >= MAX_COLUMNS) throw new CodedError('tabular.workbook_broken', {});
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? 0);
    this.value = '';
  }

  private closeCell(): void {
    const text = this.cellText();
    if (text === '') return;
    while (this.cells.length < this.column) this.cells.push('');
    this.cells[this.column] = text;
    this.filled = true;
  }

  private cellText(): string {
    switch (this.type) {
      case 's':
        return this.parts.sharedStrings[Number(this.value)] ?? '';
      case 'n':
        return numberText(this.value, this.parts.styles[this.style] ?? 'number', this.parts.date1904);
      case 'b':
        return this.value === '1' ? 'TRUE' : this.value === '0' ? 'FALSE' : this.value;
      case 'inlineStr':
      case 'str':
        return unescapeText(this.value);
      default:
        return this.value;
    }
  }
}

export function tooManyCells(): CodedError {
  return new CodedError('tabular.workbook_too_many_cells', { limit: MAX_WORKBOOK_CELLS });
}

/** AB12 is column 27, counted from 0; -1 where the reference is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
    if (column > MAX_COLUMNS) return -1;
  }
  return column - 1;
}
