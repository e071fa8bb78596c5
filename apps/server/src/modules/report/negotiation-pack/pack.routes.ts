import { idParams, negotiationPack } from '@kezi/contract';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { withoutRestricted } from '../../../platform/http/field-wall.rules.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { isLimited, spendRows } from '../../people/wall/index.js';
import { todayOf } from '../../records/today-of.js';
import { getPack } from './get-pack.js';

const tags = ['customers'];

export function packRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/pack',
    {
      config: { permission: 'customers:read' },
      schema: {
        tags,
        summary: 'Everything that one takes into a negotiation',
        params: idParams,
        response: { 200: negotiationPack },
      },
    },
    (request) =>
      request.inScope(async (db) =>
        getPack(db, request.principal.fieldRules, request.params.id, await todayOf(db, platform.clock.now())),
      ),
  );
  app.get(
    '/customers/:id/pack.pdf',
    {
      config: { permission: 'customers:export' },
      schema: {
        tags,
        summary: 'The same as a PDF: an export, on record',
        params: idParams,
      },
    },
    async (request, reply) => {
      const { principal, params, language } = request;
      const pack = await request.inScope(
        async (db) => {
          const now = platform.clock.now();
          const found = await getPack(db, principal.fieldRules, params.id, await todayOf(db, now));
          if (await isLimited(db, principal, 'exported')) await spendRows(db, principal, 'exported', 1, now);
          await writeAudit(db, {
            action: 'customer.packed',
            subject: 'customer',
            subjectId: found.customerId,
            changes: { format: 'pdf' },
          });
          return found;
        },
        { write: true },
      );
      // What the wall keeps from a page, it keeps from paper.
      const seen = withoutRestricted(pack, principal.fieldRules) as typeof pack;
      const { drawPack } = await import('./draw-pack.js');
      const name = `kezi-pack-${pack.customerId}.pdf`;
      void reply.header('content-disposition', `attachment; filename="${name}"`).type('application/pdf');
      return drawPack(seen, language);
    },
  );
}
