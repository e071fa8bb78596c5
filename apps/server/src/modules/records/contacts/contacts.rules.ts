import type { ContactWays } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { z } from 'zod';

/** Digits, with what people put between them, and an extension behind. */
const phoneShape = /^\+?[\d\s().-]+(?:\s*(?:转|分机|ext\.?|x|#)\s*\d{1,6})?$/iu;

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/**
 * A telephone number as it is kept: full-width digits made plain, blanks single. Numbers of China's mobile networks have
 * eleven digits; one more or less is a slip.
 * @throws CodedError contacts.phone_unreadable
 */
export function readPhone(typed: string): string {
  const phone = typed.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const [main = ''] = phone.split(/转|分机|ext|x|#/iu);
  const digits = digitsOf(main);
  const local = digits.replace(/^(?:0086|86)(?=1[3-9])/, '');
  const isSlip = /^1[3-9]/.test(local) && local.length > 8 && local.length !== 11;
  if (!phoneShape.test(phone) || digits.length < 5 || digits.length > 16 || isSlip) {
    throw new CodedError('contacts.phone_unreadable', { text: typed });
  }
  return phone;
}

/** The digits by which a number is found: without extension and without the 86 of China. */
export function phoneDigits(phone: string): string {
  const [main = ''] = phone.normalize('NFKC').split(/转|分机|ext|x|#/iu);
  return digitsOf(main).replace(/^(?:0086|86)(?=1[3-9]\d{9}$)/, '');
}

const mailShape = z.email().max(254);

/** @throws CodedError contacts.mail_unreadable */
export function readMail(typed: string): string {
  const mail = typed.normalize('NFKC').trim();
  if (!mailShape.safeParse(mail).success) throw new CodedError('contacts.mail_unreadable', { text: typed });
  return mail;
}

const hidden = '****';

/** 138****5678: enough to tell two numbers apart, not enough to call. A short number shows its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phoneDigits(phone);
  if (digits.length >= 10) return `${digits.slice(0, 3)}${hidden}${digits.slice(-4)}`;
  return `${hidden}${digits.slice(-2)}`;
}

/** z****@example.com */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  return `${Array.from(mail)[0] ?? ''}${hidden}${mail.slice(at)}`;
}

/** The first character alone. */
export function maskName(name: string): string {
  return `${Array.from(name)[0] ?? ''}${hidden}`;
}

/** How a contact is shown until somebody asks for its phones, mails and WeChat. */
export function waysMasked<Contact extends ContactWays>(contact: Contact): Contact {
  return {
    ...contact,
    phones: contact.phones.map(maskPhone),
    mails: contact.mails.map(maskMail),
    wechat: contact.wechat === null ? null : maskName(contact.wechat),
  };
}

/**
 * Whether `contactId` would stand above itself if it reported to `reportsToId`.
 * @param lines who reports to whom now
 */
export function closesCircle(
  lines: ReadonlyMap<number, number | null>,
  contactId: number,
  reportsToId: number,
): boolean {
  const seen = new Set<number>();
  for (let above: number | null = reportsToId; above !== null; above = lines.get(above) ?? null) {
    if (above === contactId) return true;
    if (seen.has(above)) return false;
    seen.add(above);
  }
  return false;
}
