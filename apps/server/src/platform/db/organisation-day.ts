import { sql, type RawBuilder } from 'kysely';

/** SQL of the time zone by which the organisation counts its days. */
export const organisationZone = '(select time_zone from organisation)';

const zone = sql.raw(organisationZone);

/** The organisation's day on which an instant lies. A cast to `date` alone gives the day of UTC, eight hours behind China's. */
export const organisationDay = (instant: Date | RawBuilder<unknown>) =>
  sql<string>`(${instant}::timestamptz at time zone ${zone})::date`;

/** The instant at which a day of the organisation begins. */
export const dayBegin = (day: string | RawBuilder<unknown>) =>
  sql<Date>`((${day})::date::timestamp at time zone ${zone})`;
