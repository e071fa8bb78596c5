import type { Delimiter } from '@kezi/contract';
import type { ErrorCode, ErrorParams } from '@kezi/contract/errors';

import { isBroken, showBroken, type Segment } from '../bytes/decode-segments.js';
import { BAD_TEXT, MAX_CELL, MAX_LINE } from '../limits.js';
import type { RowBatch } from '../tabular-row.js';

interface RowSplitterOptions {
  delimiter: Delimiter;
  quote: '"' | null;
  /** Cells that every row must have; null takes rows as they are. */
  columns: number | null;
}

interface RowSplitter {
  /** Takes the next whole lines and puts finished rows into the batch. */
  push: (segment: Segment, batch: RowBatch) => void;
  /** Ends the file: an open quote is a fault now. */
  end: (batch: RowBatch) => void;
  /** The physical line that comes next, from 1. */
  line: () => number;
}

interface Fault {
  code: ErrorCode;
  params: ErrorParams;
  column: number;
}

/** A record with quotes: its cells and the index behind it; or why not; or that the text ends inside a quote. */
type QuotedRecord =
  | { state: 'done'; cells: string[]; end: number }
  | { state: 'fault'; fault: Fault }
  | { state: 'open'; column: number; cellStart: number };

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BLANKS = /[ \t]+/;

/**
 * Splits text into rows after RFC 4180. Beyond it: LF, CRLF and CR each end a line; a quote inside an unquoted cell is
 * itself; empty lines are skipped. A quote that is not closed within 1 MiB, or closed before other text, costs only the
 * physical line where the row began: reading goes on with the next line, so one stray quote never swallows good rows.
 */
export function createRowSplitter(options: RowSplitterOptions): RowSplitter {
  return new Splitter(options);
}

class Splitter implements RowSplitter {
  private rest = '';
  private restBroken = false;
  private nextLine = 1;
  private text = '';
  private position = 0;
  /** Index of the next LF and CR at or after the position; text.length where there is none. */
  private lf = -1;
  private cr = -1;
  private nextQuote = -1;
  private checkBroken = false;
  private checkNul = false;

  constructor(private readonly options: RowSplitterOptions) {}

  line(): number {
    return this.nextLine;
  }

  push(segment: Segment, batch: RowBatch): void {
    this.run(segment.text, segment.broken, batch, false);
  }

  end(batch: RowBatch): void {
    this.run('', false, batch, true);
  }

  private run(added: string, broken: boolean, batch: RowBatch, final: boolean): void {
    this.text = this.rest === '' ? added : this.rest + added;
    this.checkBroken = broken || this.restBroken;
    this.checkNul = this.text.includes('\0');
    this.rest = '';
    this.restBroken = false;
    this.position = 0;
    this.lf = -1;
    this.cr = -1;
    this.nextQuote = -1;
    while (this.position < this.text.length) {
      const lineEnd = this.findLineEnd(this.position);
      if (this.quoteBefore(lineEnd)) {
        if (!this.takeQuoted(lineEnd, batch, final)) return;
      } else {
        this.takePlain(lineEnd, batch);
      }
    }
    this.text = '';
  }

  /** Index of the LF or CR that ends the line holding `from`, or text.length. */
  private findLineEnd(from: number): number {
    if (this.lf < from) {
      const lf = this.text.indexOf('\n', from);
      this.lf = lf === -1 ? this.text.length : lf;
    }
    if (this.cr < from) {
      const cr = this.text.indexOf('\r', from);
      this.cr = cr === -1 ? this.text.length : cr;
    }
    return this.lf < this.cr ? this.lf : this.cr;
  }

  /** Index behind the line end at `lineEnd`. */
  private behind(lineEnd: number): number {
    return this.cr === lineEnd && this.lf === lineEnd + 1 ? lineEnd + 2 : lineEnd + 1;
  }

  /** Index behind the line end at `lineEnd`, after the search positions have moved on. */
  private behindLine(lineEnd: number): number {
    return this.text.charCodeAt(lineEnd) === CR && this.text.charCodeAt(lineEnd + 1) === LF
      ? lineEnd + 2
      : lineEnd + 1;
  }

  private quoteBefore(lineEnd: number): boolean {
    if (this.options.quote === null || this.options.delimiter === 'blanks') return false;
    if (this.nextQuote < this.position) {
      const quote = this.text.indexOf('"', this.position);
      this.nextQuote = quote === -1 ? Number.MAX_SAFE_INTEGER : quote;
    }
    return this.nextQuote < lineEnd;
  }

  private takePlain(lineEnd: number, batch: RowBatch): void {
    const from = this.position;
    const line = this.nextLine;
    this.position = this.behind(lineEnd);
    this.nextLine += 1;
    if (lineEnd === from) return;
    const raw = this.text.slice(from, lineEnd);
    if (this.options.delimiter === 'blanks') {
      const trimmed = raw.trim();
      if (trimmed !== '') this.finish(line, trimmed.split(BLANKS), raw, batch);
      return;
    }
    this.finish(line, raw.split(this.options.delimiter), raw, batch);
  }

  /** False where the record is unfinished and the rest was put by for the next segment. */
  private takeQuoted(lineEnd: number, batch: RowBatch, final: boolean): boolean {
    const from = this.position;
    const record = this.refuseMerged(this.readQuoted(from), lineEnd);
    const line = this.nextLine;
    if (record.state === 'done') {
      const raw = this.text.slice(from, Math.min(record.end, from + BAD_TEXT));
      this.nextLine += record.end <= this.behindLine(lineEnd) ? 1 : this.countLineEnds(from, record.end);
      this.position = record.end;
      this.finish(line, record.cells, raw, batch);
      return true;
    }
    if (record.state === 'open') {
      const cellSize = this.text.length - record.cellStart;
      if (!final && cellSize <= MAX_CELL && this.text.length - from <= MAX_LINE) {
        this.rest = this.text.slice(from);
        this.restBroken = this.checkBroken;
        return false;
      }
    }
    const fault: Fault =
      record.state === 'fault'
        ? record.fault
        : { code: 'tabular.unclosed_quote', params: {}, column: record.column };
    const raw = this.text.slice(from, lineEnd);
    const delimiter = this.options.delimiter === 'blanks' ? ' ' : this.options.delimiter;
    this.reject(line, raw.split(delimiter), raw, fault, batch);
    this.lf = -1;
    this.cr = -1;
    this.findLineEnd(from);
    this.position = this.behind(lineEnd);
    this.nextLine += 1;
    return true;
  }

  /** A record over several lines with the wrong number of cells is most likely two stray quotes, far apart. */
  private refuseMerged(record: QuotedRecord, firstLineEnd: number): QuotedRecord {
    const { columns } = this.options;
    if (record.state !== 'done' || columns === null) return record;
    if (record.cells.length === columns || record.end <= firstLineEnd + 2) return record;
    const params = { expected: columns, found: record.cells.length };
    const column = Math.min(record.cells.length, columns);
    return { state: 'fault', fault: { code: 'tabular.ragged_row', params, column } };
  }

  private readQuoted(from: number): QuotedRecord {
    const { text } = this;
    const delimiter = this.options.delimiter;
    const cells: string[] = [];
    let at = from;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const start = at + 1;
        const closed = this.readQuotedCell(start, cells);
        if (closed === -1) return { state: 'open', column: cells.length, cellStart: start };
        at = closed;
        const next = text[at];
        if (next !== undefined && next !== delimiter && next !== '\n' && next !== '\r') {
          const column = cells.length - 1;
          return { state: 'fault', fault: { code: 'tabular.text_after_quote', params: {}, column } };
        }
      } else {
        const lineEnd = this.findLineEnd(at);
        const stop = text.indexOf(delimiter, at);
        const end = stop === -1 || stop > lineEnd ? lineEnd : stop;
        cells.push(text.slice(at, end));
        at = end;
      }
      if (text[at] === delimiter) {
        at += 1;
        continue;
      }
      const lineEnd = this.findLineEnd(at);
      return { state: 'done', cells, end: this.behind(lineEnd) };
    }
  }

  /** Adds the cell that starts behind its opening quote; gives the index behind the closing one, or -1. */
  private readQuotedCell(start: number, cells: string[]): number {
    const { text } = this;
    let value = '';
    let from = start;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote === -1) return -1;
      if (text.charCodeAt(quote + 1) !== QUOTE) {
        cells.push(from === start ? text.slice(from, quote) : value + text.slice(from, quote));
        return quote + 1;
      }
      value += text.slice(from, quote + 1);
      from = quote + 2;
    }
  }

  private countLineEnds(from: number, to: number): number {
    const { text } = this;
    let count = 0;
    for (let at = from; at < Math.min(to, text.length); at += 1) {
      const code = text.charCodeAt(at);
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
    }
    return Math.max(count, 1);
  }

  private finish(line: number, cells: string[], raw: string, batch: RowBatch): void {
    const fault = this.findFault(cells, raw);
    if (fault === null) batch.rows.push({ line, cells });
    else this.reject(line, cells, raw, fault, batch);
  }

  private findFault(cells: string[], raw: string): Fault | null {
    const { columns } = this.options;
    if (columns !== null && cells.length !== columns) {
      while (cells.length > columns && cells[cells.length - 1] === '') cells.pop();
      if (cells.length !== columns) {
        const params = { expected: columns, found: cells.length };
        return { code: 'tabular.ragged_row', params, column: Math.min(cells.length, columns) };
      }
    }
    if (this.checkBroken) {
      const column = cells.findIndex(isBroken);
      if (column !== -1) return { code: 'tabular.broken_encoding', params: {}, column };
    }
    if (this.checkNul) {
      const column = cells.findIndex((cell) => cell.includes('\0'));
      if (column !== -1) return { code: 'tabular.nul_byte', params: {}, column };
    }
    if (raw.length >= BAD_TEXT) {
      const column = cells.findIndex((cell) => cell.length > MAX_CELL);
      if (column !== -1) {
        const params = { line: this.nextLine, limit: '1 MiB' };
        return { code: 'tabular.cell_too_large', params, column };
      }
    }
    return null;
  }

  private reject(line: number, cells: string[], raw: string, fault: Fault, batch: RowBatch): void {
    const text = showBroken(raw.slice(0, BAD_TEXT));
    const shown = cells.slice(0, 1000).map((cell) => showBroken(cell.slice(0, 32_000)));
    batch.bad.push({
      line,
      column: fault.column,
      code: fault.code,
      params: fault.params,
      text,
      cells: shown,
    });
  }
}
