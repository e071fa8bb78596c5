import type { CustomField } from '@kezi/contract';
import type { RowFields } from '../../intake/imports/index.js';

/** People as a file names them. */
export interface FieldPeople {
  find: (text: string) => readonly { userId: number }[];
}

/** The cell of a file as a value of a field; null for an empty cell, and with a refusal for one that cannot be read. */
export function readCell(
  cells: RowFields,
  column: string,
  field: CustomField,
  people: FieldPeople | null,
): string | number | null {
  switch (field.kind) {
    case 'text':
      return cells.text(column, 4000);
    case 'choice': {
      const text = cells.text(column, 100);
      if (text === null || field.choices.includes(text)) return text;
      return cells.refuse(column, 'custom_fields.choice_unknown', {
        field: field.name,
        choices: field.choices.join('、'),
      });
    }
    case 'number': {
      const decimal = cells.decimal(column);
      return decimal === null ? null : Number(decimal.units) / 10 ** decimal.scale;
    }
    case 'money':
      return cells.money(column, cells.baseCurrency);
    case 'date':
      return cells.day(column);
    case 'person':
      break;
  }
  const text = cells.text(column, 254);
  if (text === null || people === null) return null;
  const [person, another] = people.find(text);
  if (!person) return cells.refuse(column, 'imports.owner_unknown', { owner: text });
  return another ? cells.refuse(column, 'imports.owner_ambiguous', { owner: text }) : person.userId;
}
