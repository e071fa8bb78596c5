import type { TeamLoad } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import { allDetectors } from '../alerts/index.js';
import { doer } from './find-tasks.js';
import { usualMinutes } from './tasks.rules.js';

/** Days for which it is told how much was closed. */
const lookBackDays = 30;

/** What dealing with a warning of each detector takes. */
function detectorMinutes() {
  const detectors = allDetectors();
  return unnest('d', {
    detector_id: { type: 'text', values: detectors.map(({ id }) => id) },
    minutes: { type: 'int', values: detectors.map(({ minutes }) => minutes) },
  });
}

/**
 * Who has how much on his hands, of those whom the reader sees; nobody's own customers stand without a name. Hours and what is
 * late are counted by the lines of the worklist: a customer once, whatever it was warned of, and a warning with a task as that task.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getTeamLoad(
  db: Db,
  reader: Reader,
  segmentId: readonly number[] | undefined,
  today: string,
): Promise<TeamLoad> {
  const worth = (column: string) => valueOrder(reader.fieldRules, column).by;
  const among = await inSegments(db, reader, segmentId);
  const { rows } = await sql<TeamLoad['items'][number]>`
    with unsettled as (
      select w.* from warning w
      where (w.status = 'open' or (w.status = 'snoozed' and w.snoozed_until <= ${today}::date)) and ${among('w.customer_id')}),
    line as (
      select distinct on (w.customer_id) w.owner_id, coalesce(d.minutes, ${usualMinutes}) as minutes,
        min(w.due_on) over (partition by w.customer_id) as due_on
      from unsettled w left join ${detectorMinutes()} on d.detector_id = w.detector_id
      where not exists (select from task t where t.warning_id = w.warning_id and t.status = 'open')
      order by w.customer_id, ${worth('w.value_at_risk')} desc, w.warning_id desc),
    load as (
      select owner_id as user_id, 1 as warnings, 0 as tasks, 0 as overdue, 0 as minutes, value_at_risk, 0 as closed from unsettled
      union all
      select owner_id, 0, 0, (due_on < ${today}::date)::int, minutes, 0, 0 from line
      union all
      select ${doer}, 0, 1, (t.due_on < ${today}::date)::int, t.minutes, 0, 0 from task t where t.status = 'open'
        and ${among('t.customer_id')}
      union all
      select w.owner_id, 0, 0, 0, 0, 0, 1 from warning w
      where w.status in ('handled', 'false-alarm') and w.closed_at > ${today}::date - ${lookBackDays}::int
        and ${among('w.customer_id')}
      union all
      -- A task that answered a warning ended with it, and is one thing done.
      select ${doer}, 0, 0, 0, 0, 0, 1 from task t
      where t.status = 'done' and t.done_at > ${today}::date - ${lookBackDays}::int and ${among('t.customer_id')}
        and not exists (
          select from warning w where w.warning_id = t.warning_id and w.status in ('handled', 'false-alarm')))
    select l.user_id as "userId", u.name, sum(l.warnings)::int as warnings, sum(l.tasks)::int as tasks,
      sum(l.overdue)::int as overdue, sum(l.minutes)::int as minutes, sum(l.value_at_risk) as "valueAtRisk",
      sum(l.closed)::int as closed
    from load l left join colleague u on u.user_id = l.user_id
    group by l.user_id, u.name order by sum(${worth('l.value_at_risk')}) desc, l.user_id`.execute(db);
  return { today, currency: (await readSettings(db)).baseCurrency, items: rows };
}
