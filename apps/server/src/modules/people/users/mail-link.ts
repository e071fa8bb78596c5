import type { SignInLink } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { findPageAddress } from '../../../platform/mail/page-address.js';
import { hasMail } from '../../../platform/mail/send-mail.js';
import { putDelivery } from '../../../platform/outbound/put-delivery.js';
import type { Platform } from '../../../platform/platform.js';

/**
 * Sends a link to its owner by mail, where a mail server is set up and it is known where the pages are.
 * @returns false where it has to be handed over by other means
 */
export async function mailLink(
  db: Db,
  platform: Platform,
  userId: number,
  link: SignInLink,
): Promise<boolean> {
  if (!(await hasMail(db)) || (await findPageAddress(db, platform.config)) === null) return false;
  const { kind, token, expiresAt } = link;
  const made = await putDelivery(
    db,
    {
      channel: 'mail',
      kind,
      userId,
      message: { expiresAt },
      // The link lets in: it is sealed until it was sent.
      sealed: platform.box.seal(token),
      sourceKey: `link ${userId} ${expiresAt}`,
      createdBy: null,
    },
    platform.clock.now(),
  );
  return made !== null;
}
