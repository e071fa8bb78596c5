import type { CustomField, FieldValues } from '@kezi/contract';
import {
  divisionOf,
  industryDivisions,
  industryOf,
  industrySections,
  isCountry,
  provinces,
} from '@kezi/contract/codes';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import type { RowFields, RowRefusal, SourceRow } from '../../intake/imports/index.js';
import { readCell, type FieldPeople } from '../fields/index.js';
import {
  emptyProfile,
  isSameProfile,
  profileAfter,
  type ProfilePatch,
  type ProfileState,
} from './profile.rules.js';
import { choicesOfProfile, codeOfProfile } from './profile-words.js';
import { readProfiles, writeProfiles } from './write-profile.js';

/** Columns of a customer file that go into the profile. */
export const profileFields = [
  'size',
  'salesStage',
  'source',
  'tags',
  'industryCode',
  'countryCode',
  'divisionCode',
] as const;

/** The company's own fields among the columns of a file, by the name of the column. */
export class OwnColumns {
  private readonly byName = new Map<string, CustomField>();

  constructor(
    readonly fields: readonly CustomField[],
    private readonly rules: FieldRules = {},
  ) {
    for (const field of fields) {
      this.byName.set(field.name, field);
      if (field.nameEn !== null) this.byName.set(field.nameEn, field);
    }
  }

  /** Undefined for a column that is kept as free text under its name. */
  of(name: string): CustomField | undefined {
    return this.byName.get(name);
  }

  /** What a column may be called to be one of the fields that the importing user may fill. */
  names(): string[] {
    return [...this.byName].filter(([, field]) => !this.isKept(field)).map(([name]) => name);
  }

  isKept({ key }: CustomField): boolean {
    return isRestricted(this.rules, key);
  }

  /** A field that must be filled in and is not; those that the importing user does not see are not asked of them. */
  missing(values: FieldValues): CustomField | null {
    const open = (field: CustomField) => field.isRequired && !this.isKept(field);
    return this.fields.find((field) => open(field) && (values[field.key] ?? null) === null) ?? null;
  }
}

function coded(cells: RowFields, column: string, read: (text: string) => string | null): string | null {
  const text = cells.text(column, 100);
  if (text === null) return null;
  return read(text) ?? cells.refuse(column, 'customers.code_unknown', { code: text });
}

function chosen<Field extends 'size' | 'salesStage'>(cells: RowFields, field: Field) {
  const text = cells.text(field, 100);
  if (text === null) return null;
  return codeOfProfile(field, text) ?? cells.refuseChoice(field, text, choicesOfProfile(field));
}

/** `26`, `26 化学原料和化学制品制造业` or the name alone. */
function industryFrom(text: string): string | null {
  const code = /^([A-T]|\d{2})(?=\s|$)/.exec(text)?.[1];
  if (code !== undefined) return industryOf(code)?.code ?? null;
  return (
    [...industrySections, ...industryDivisions].find(({ zh, en }) => [zh, en].includes(text))?.code ?? null
  );
}

/** `330100`, `330100 杭州市`, the name of a province; a county, as `330106`, is kept by what it lies in. */
export function divisionFrom(text: string): string | null {
  const code = /^(\d{6})(?=\s|$)/.exec(text)?.[1];
  if (code !== undefined) {
    const within = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
    return within.map(divisionOf).find((one) => one !== undefined)?.code ?? null;
  }
  return provinces.find(({ zh, en }) => zh === text || en === text)?.code ?? null;
}

function tagsOf(cells: RowFields): string[] | undefined {
  const text = cells.text('tags', 4000);
  if (text === null) return undefined;
  const tags = [...new Set(text.split(/[、,，;；|]/).map((one) => one.trim()))].filter((one) => one !== '');
  const long = tags.find((one) => one.length > 50);
  if (long !== undefined) {
    cells.refuse('tags', 'imports.text_too_long', { field: 'tags', length: long.length, longest: 50 });
  }
  return tags.slice(0, 50);
}

const given = <Value>(value: Value | null): Value | undefined => value ?? undefined;

/** What a row says of the profile; an empty cell says nothing. */
export function readProfileCells(
  cells: RowFields,
  own: OwnColumns,
  people: FieldPeople | null,
): ProfilePatch {
  const fields: FieldValues = {};
  for (const { name } of cells.custom) {
    const field = own.of(name);
    if (field === undefined) continue;
    const column = `custom:${name}`;
    if (own.isKept(field)) cells.refuse(column, 'fields.restricted_forbidden');
    const value = readCell(cells, column, field, people);
    if (value !== null) fields[field.key] = value;
  }
  return {
    size: given(chosen(cells, 'size')),
    salesStage: given(chosen(cells, 'salesStage')),
    source: given(cells.text('source', 100)),
    tags: tagsOf(cells),
    industryCode: given(coded(cells, 'industryCode', industryFrom)),
    countryCode: given(
      coded(cells, 'countryCode', (text) => (isCountry(text.toUpperCase()) ? text.toUpperCase() : null)),
    ),
    divisionCode: given(coded(cells, 'divisionCode', divisionFrom)),
    fields,
  };
}

/** Profiles of the customers of a window: as they are, and as the file wants them. */
export class ImportedProfiles {
  private before: ReadonlyMap<number, ProfileState> = new Map();
  private readonly wanted = new Map<number, ProfileState>();

  constructor(
    private readonly db: Db,
    private readonly own: OwnColumns,
  ) {}

  async load(customerIds: readonly number[]): Promise<void> {
    this.wanted.clear();
    this.before = customerIds.length === 0 ? new Map() : await readProfiles(this.db, customerIds);
  }

  /** As the rows so far want it. */
  of(customerId: number): ProfileState {
    return this.wanted.get(customerId) ?? this.before.get(customerId) ?? emptyProfile;
  }

  /** Why a row cannot be taken in beside what is known, such as a division of another country. */
  refusalOf(customerId: number, patch: ProfilePatch): RowRefusal | null {
    try {
      profileAfter(this.of(customerId), patch, {});
      return null;
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      return { field: 'divisionCode', code: error.code, params: error.params };
    }
  }

  /** Whether a row changes the profile; it is kept until `write`. */
  change(customerId: number, patch: ProfilePatch): boolean {
    const so = this.of(customerId);
    const after = profileAfter(so, patch, patch.fields ?? {});
    if (isSameProfile(so, after)) return false;
    this.wanted.set(customerId, after);
    return true;
  }

  async write(): Promise<void> {
    const rows = [...this.wanted].map(([customerId, after]) => ({
      customerId,
      before: this.before.get(customerId) ?? emptyProfile,
      after,
    }));
    await writeProfiles(this.db, this.own.fields, rows);
    this.wanted.clear();
  }
}

/** Why a row cannot become a customer of its own: a field that must be filled in is not. */
export function refusalOfMissing(
  own: OwnColumns,
  { row, profile }: { row: SourceRow; profile: ProfilePatch },
) {
  const missing = own.missing(profile.fields ?? {});
  if (missing === null) return null;
  return {
    row,
    field: `custom:${missing.name}`,
    code: 'custom_fields.required',
    params: { field: missing.name },
  } as const;
}
