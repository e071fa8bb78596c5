import type { Language } from '@kezi/contract/errors';
import { findMailServer, sendMail, type Mail } from '../../../platform/mail/send-mail.js';
import type { Attempt, DeliveryChannel, Outgoing } from '../../../platform/outbound/delivery-channel.js';
import type { Platform } from '../../../platform/platform.js';

/** To whom a mail goes, and in which language. */
interface Recipient {
  userId: number;
  name: string;
  email: string;
  language: Language;
}

/** Writes the mail when it is sent, with what the recipient may see then; null when there is nothing to say any more. */
type WriteMail = (
  platform: Platform,
  outgoing: Outgoing,
  recipient: Recipient,
) => Promise<Omit<Mail, 'to'> | null>;

const writers = new Map<string, WriteMail>();

/** Says how mails of a kind are written. */
export function registerMail(kind: string, write: WriteMail): void {
  if (writers.has(kind)) throw new Error(`Two slices write mails of the kind ${kind}.`);
  writers.set(kind, write);
}

/** Somebody who is here still. */
async function findRecipient(platform: Platform, userId: number): Promise<Recipient | null> {
  return platform.db.asSystem(async (db) => {
    const user = await db
      .selectFrom('app_user')
      .select(['id', 'name', 'email', 'language'])
      .where('id', '=', userId)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!user) return null;
    const { language } = await db.selectFrom('organisation').select('language').executeTakeFirstOrThrow();
    const { id, name, email } = user;
    return { userId: id, name, email, language: (user.language ?? language) as Language };
  });
}

async function send(platform: Platform, outgoing: Outgoing): Promise<Attempt> {
  const write = writers.get(outgoing.kind);
  if (!write) throw new Error(`Nobody writes mails of the kind ${outgoing.kind}.`);
  const recipient = await findRecipient(platform, outgoing.userId ?? 0);
  if (!recipient) return { end: 'withdrawn' };
  const server = await platform.db.asSystem((db) => findMailServer(db, platform.box));
  if (!server) {
    const error = 'outbound.mail_missing_conflict';
    return { end: 'failed', status: null, error, answer: '', milliseconds: 0, isFinal: true };
  }
  const written = await write(platform, outgoing, recipient);
  if (!written) return { end: 'withdrawn' };
  const messageId = `<delivery-${outgoing.deliveryId}@${server.from.split('@')[1] ?? 'kezi'}>`;
  return sendMail(server, { ...written, to: recipient.email, messageId });
}

export const mailChannel: DeliveryChannel = { name: 'mail', send };
