import { posix } from 'node:path';

import { CodedError } from '@kezi/contract/errors';

import { styleOf, type CellStyle } from './cell-style.js';
import type { WorkbookPackage } from './open-workbook.js';
import { parseWholeXml } from './parse-xml.js';

export interface SheetPart {
  name: string;
  part: string;
}

/** What the sheets of a workbook refer to. */
export interface WorkbookParts {
  sheets: SheetPart[];
  /** Days count from 1904 instead of 1900. */
  date1904: boolean;
  /** By index of the cell's style. */
  styles: CellStyle[];
  sharedStrings: string[];
}

const nothing = { open: () => undefined, close: () => undefined, text: () => undefined };

/** Reads the list of sheets, the number formats and the shared texts. */
export async function readWorkbookParts(book: WorkbookPackage): Promise<WorkbookParts> {
  await refuseMacros(book);
  const { sheets, date1904 } = await readSheetList(book);
  return { sheets, date1904, styles: await readStyles(book), sharedStrings: await readSharedStrings(book) };
}

async function refuseMacros(book: WorkbookPackage): Promise<void> {
  if (!book.has('[Content_Types].xml')) return;
  await parseWholeXml(await book.read('[Content_Types].xml'), {
    ...nothing,
    open: (_, attributes) => {
      if (/macroEnabled/i.test(attributes['ContentType'] ?? ''))
        throw new CodedError('tabular.workbook_macro', {});
    },
  });
}

async function readSheetList(book: WorkbookPackage): Promise<{ sheets: SheetPart[]; date1904: boolean }> {
  const targets = new Map<string, string>();
  if (book.has('xl/_rels/workbook.xml.rels')) {
    await parseWholeXml(await book.read('xl/_rels/workbook.xml.rels'), {
      ...nothing,
      open: (name, attributes) => {
        if (name !== 'Relationship') return;
        targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
      },
    });
  }
  let date1904 = false;
  const sheets: SheetPart[] = [];
  await parseWholeXml(await book.read('xl/workbook.xml'), {
    ...nothing,
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const key = Object.keys(attributes).find((attribute) => /(^|:)id$/.test(attribute)) ?? '';
      const target = targets.get(attributes[key] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const part = target.startsWith('/') ? target.slice(1) : posix.join('xl', target);
      sheets.push({ name: attributes['name'] ?? '', part });
    },
  });
  // A chart has a place in the list and no rows.
  return {
    sheets: sheets.filter((sheet) => /worksheets\//i.test(sheet.part) && book.has(sheet.part)),
    date1904,
  };
}

async function readStyles(book: WorkbookPackage): Promise<CellStyle[]> {
  const styles: CellStyle[] = [];
  if (!book.has('xl/styles.xml')) return styles;
  const codes = new Map<number, string>();
  let inCellFormats = false;
  await parseWholeXml(await book.read('xl/styles.xml'), {
    ...nothing,
    open: (name, attributes) => {
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name !== 'xf' || !inCellFormats) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      styles.push(styleOf(id, codes.get(id)));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** Texts of cells, runs joined; the reading aids for Japanese (rPh) are left out. */
async function readSharedStrings(book: WorkbookPackage): Promise<string[]> {
  const strings: string[] = [];
  if (!book.has('xl/sharedStrings.xml')) return strings;
  let current = '';
  let inText = false;
  let inAid = false;
  await parseWholeXml(await book.read('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 't') inText = !inAid;
      else if (name === 'rPh') inAid = true;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeText(current));
      else if (name === 't') inText = false;
      else if (name === 'rPh') inAid = false;
    },
  });
  return strings;
}

/** Workbooks write characters that XML cannot hold as _x000D_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
