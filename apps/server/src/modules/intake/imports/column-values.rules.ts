import type { ImportKind, ImportMapping, ImportQuestion } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import {
  dateFormatNames,
  detectDateFormat,
  detectNumberStyle,
  FIELDS,
  parseDate,
  parseDecimal,
  type DateFormatName,
  type FieldContent,
  type NumberStyle,
} from '@kezi/tabular';

/** How numbers may be written, by the name under which a reader chooses one. */
const numberStyles: Readonly<Record<string, NumberStyle>> = {
  '1,234.56': { decimal: '.', group: ',', plain: false },
  '1.234,56': { decimal: ',', group: '.', plain: false },
  '1 234.56': { decimal: '.', group: ' ', plain: false },
  '1 234,56': { decimal: ',', group: ' ', plain: false },
  "1'234.56": { decimal: '.', group: "'", plain: false },
};

const dateFormats: ReadonlySet<string> = new Set(dateFormatNames);

export function contentOf(kind: ImportKind, field: string): FieldContent {
  return FIELDS[kind].find((definition) => definition.name === field)?.content ?? 'text';
}

/** @throws CodedError imports.number_style_unknown */
export function numberStyleOf(name: string | undefined): NumberStyle {
  const style = numberStyles[name ?? '1,234.56'];
  if (!style) throw new CodedError('imports.number_style_unknown', { style: name ?? '' });
  return style;
}

function nameOf(style: NumberStyle): string {
  const found = Object.entries(numberStyles).find(
    ([, known]) => known.decimal === style.decimal && known.group === style.group,
  );
  return found?.[0] ?? (style.decimal === ',' ? '1.234,56' : '1,234.56');
}

/**
 * Several formats are joined by '+': a column may mix those that cannot be taken for each other.
 * @throws CodedError imports.date_format_unknown
 */
export function dateFormatsOf(names: string | undefined): DateFormatName[] {
  const list = (names ?? 'iso').split('+');
  const unknown = list.find((name) => !dateFormats.has(name));
  if (unknown !== undefined) throw new CodedError('imports.date_format_unknown', { format: unknown });
  return list as DateFormatName[];
}

interface ColumnValues {
  mapping: ImportMapping;
  questions: ImportQuestion[];
}

function samplesOf(
  kind: ImportKind,
  columns: ImportMapping['columns'],
  rows: readonly (readonly string[])[],
  contents: readonly FieldContent[],
): { field: string; samples: string[] } {
  const fields = Object.entries(columns).filter(([field]) => contents.includes(contentOf(kind, field)));
  const samples = fields.flatMap(([, column]) => rows.map((row) => row[column - 1] ?? ''));
  return { field: fields[0]?.[0] ?? '', samples };
}

/** @param others formats in the same column that nobody doubts: whatever the answer, their rows are read too. */
function dateQuestion(
  field: string,
  names: readonly DateFormatName[],
  samples: readonly string[],
  others: readonly DateFormatName[] = [],
): ImportQuestion {
  const texts = samples.filter((text) => text.trim() !== '');
  // One that the question is about: the column may hold others that nobody doubts.
  const asked = texts.find((text) => names.some((name) => parseDate(text, name).ok)) ?? texts[0] ?? '';
  const choices = names.map((name) => {
    const example = texts.find((text) => parseDate(text, name).ok) ?? asked;
    const parsed = parseDate(example, name);
    return { value: [name, ...others].join('+'), example: `${example} → ${parsed.ok ? parsed.value : '?'}` };
  });
  return { field, code: 'imports.question_date', params: { example: asked }, choices };
}

function withDates(values: ColumnValues, kind: ImportKind, rows: readonly (readonly string[])[]): void {
  const { mapping } = values;
  if (mapping.dateFormat !== undefined) {
    dateFormatsOf(mapping.dateFormat);
    return;
  }
  const { field, samples } = samplesOf(kind, mapping.columns, rows, ['date']);
  if (field === '') return;
  const found = detectDateFormat(samples);
  switch (found.outcome) {
    case 'one':
      mapping.dateFormat = found.format.name;
      return;
    case 'ambiguous':
      values.questions.push(
        dateQuestion(
          field,
          found.candidates.map(({ name }) => name),
          samples,
        ),
      );
      return;
    case 'mixed': {
      const names = found.formats.map(({ name }) => name);
      // Day first in one row and month first in another: nobody knows what 01/02/2024 is there.
      if (!(names.includes('dmy') && names.includes('mdy'))) mapping.dateFormat = names.join('+');
      else {
        const others = names.filter((name) => name !== 'dmy' && name !== 'mdy');
        values.questions.push(dateQuestion(field, ['dmy', 'mdy'], samples, others));
      }
      return;
    }
    case 'none':
      return;
  }
}

function withNumbers(
  values: ColumnValues,
  kind: ImportKind,
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
): void {
  const { mapping } = values;
  const isNumeric = Object.entries(mapping.columns).some(
    ([field, column]) => numeric.has(column) && ['money', 'decimal'].includes(contentOf(kind, field)),
  );
  if (isNumeric) {
    // 1.234 in a column of numbers is never a thousand, whatever anybody says.
    mapping.numberStyle = '1,234.56';
    return;
  }
  if (mapping.numberStyle !== undefined) {
    numberStyleOf(mapping.numberStyle);
    return;
  }
  const { field, samples } = samplesOf(kind, mapping.columns, rows, ['money', 'decimal']);
  if (field === '') return;
  const found = detectNumberStyle(samples);
  if (found.outcome === 'one') mapping.numberStyle = nameOf(found.style);
  if (found.outcome !== 'ambiguous') return;
  const example = samples.find((text) => /[.,]/.test(text.normalize('NFKC'))) ?? '';
  values.questions.push({
    field,
    code: 'imports.question_number',
    params: { example },
    choices: found.candidates.map((style) => {
      const parsed = parseDecimal(example, style);
      const value = parsed.ok ? Number(parsed.value.units) / 10 ** parsed.value.scale : '?';
      return { value: nameOf(style), example: `${example} → ${value}` };
    }),
  });
}

/**
 * Fills in how the mapped columns write days and numbers, from the first rows; what cannot be told from them becomes a
 * question. What the mapping already says is taken.
 * @param numeric columns, from 1, whose cells are numbers by their type
 * @throws CodedError imports.date_format_unknown, imports.number_style_unknown
 */
export function readColumnValues(
  kind: ImportKind,
  mapping: ImportMapping,
  rows: readonly (readonly string[])[],
  numeric: ReadonlySet<number>,
): ColumnValues {
  const values: ColumnValues = { mapping: { ...mapping }, questions: [] };
  withDates(values, kind, rows);
  withNumbers(values, kind, rows, numeric);
  return values;
}
