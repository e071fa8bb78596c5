import {
  holidayYearList,
  idParams,
  serviceClockList,
  serviceClockQuery,
  workCalendar,
  workCalendarInput,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { mustSeeAll } from '../must-see-all.js';
import { solveClock } from './keep-clock.js';
import { clocksOfCustomer, listClocks } from './list-clocks.js';
import { statutoryHolidays } from './statutory-holidays.js';
import { readCalendar, writeCalendar } from './work-calendar.js';

const tags = ['entitlements'];
const read = { permission: 'entitlements:read' } as const;

function calendarRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/work-calendar',
    {
      config: read,
      schema: {
        tags,
        summary: 'The hours in which promised hours are counted',
        response: { 200: workCalendar },
      },
    },
    (request) => request.inScope(readCalendar),
  );
  app.put(
    '/work-calendar',
    {
      config: { permission: 'entitlements:write' },
      schema: {
        tags,
        summary: 'Set the hours, holidays and days worked in their place',
        body: workCalendarInput,
        response: { 200: workCalendar },
      },
    },
    (request) => {
      mustSeeAll(request.principal);
      const by = { userId: request.principal.userId, now: platform.clock.now() };
      return request.inScope((db) => writeCalendar(db, request.body, by));
    },
  );
}

function holidayRoutes(app: KeziApp): void {
  app.get(
    '/work-calendar/holidays',
    {
      config: read,
      schema: {
        tags,
        summary: 'Public holidays that are known, to be taken into the working hours',
        response: { 200: holidayYearList },
      },
    },
    () => Promise.resolve({ items: [...statutoryHolidays] }),
  );
}

export function clocksRoutes(app: KeziApp, platform: Platform): void {
  calendarRoutes(app, platform);
  holidayRoutes(app);
  app.get(
    '/entitlements/clocks',
    {
      config: read,
      schema: {
        tags,
        summary: 'What customers wait for, by when an answer and a solution are promised',
        querystring: serviceClockQuery,
        response: { 200: serviceClockList },
      },
    },
    (request) =>
      request.inScope((db) => listClocks(db, request.principal, request.query, platform.clock.now())),
  );
  app.get(
    '/customers/:id/clocks',
    {
      config: read,
      schema: {
        tags,
        summary: 'What one customer waits for, and waited for in twelve months',
        params: idParams,
        response: { 200: serviceClockList },
      },
    },
    (request) => request.inScope((db) => clocksOfCustomer(db, request.params.id, platform.clock.now())),
  );
  app.post(
    '/entitlements/clocks/:id/solve',
    {
      config: { permission: 'entitlements:use' },
      schema: {
        tags,
        summary: 'Say of what a customer waits for that it is solved',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) =>
        solveClock(db, request.principal, request.params.id, platform.clock.now()),
      );
      return reply.code(204).send(null);
    },
  );
}
