import type { Language } from '@kezi/contract/errors';
import { layOut } from '../../../platform/mail/mail-layout.js';
import { findPageAddress } from '../../../platform/mail/page-address.js';
import type { Outgoing } from '../../../platform/outbound/delivery-channel.js';
import { isOpenLink } from '../users/index.js';
import type { Platform } from '../../../platform/platform.js';

interface Facts {
  name: string;
  organisation: string;
  until: string;
}

const words = {
  'zh-CN': {
    hello: ({ name }: Facts) => `${name}，您好：`,
    until: ({ until }: Facts) => `链接只能用一次，${until} 前有效。`,
    footer: ({ organisation }: Facts) =>
      `这封邮件由${organisation}的 Kezi 客资自动发出。如果您没有料到它，请不要点开，并告诉管理员。`,
    invitation: {
      subject: ({ organisation }: Facts) => `邀请您使用${organisation}的客资系统`,
      line: ({ organisation }: Facts) =>
        `${organisation}的管理员为您开通了 Kezi 客资账号。请设置密码后登录。`,
      action: '设置密码',
    },
    reset: {
      subject: ({ organisation }: Facts) => `重设${organisation}客资系统的密码`,
      line: () => '管理员为您生成了重设密码的链接。设好新密码后，其他设备上的登录会全部退出。',
      action: '重设密码',
    },
  },
  'en-US': {
    hello: ({ name }: Facts) => `Hello ${name},`,
    until: ({ until }: Facts) => `The link works once, until ${until}.`,
    footer: ({ organisation }: Facts) =>
      `Kezi of ${organisation} sent this mail by itself. If you did not expect it, leave the link alone and tell your administrator.`,
    invitation: {
      subject: ({ organisation }: Facts) => `Your account in Kezi of ${organisation}`,
      line: ({ organisation }: Facts) =>
        `An administrator of ${organisation} has made an account in Kezi for you. Set a password to sign in.`,
      action: 'Set a password',
    },
    reset: {
      subject: ({ organisation }: Facts) => `Set a new password for Kezi of ${organisation}`,
      line: () =>
        'An administrator has made a link by which you set a new password. All your sign-ins end when you do.',
      action: 'Set a new password',
    },
  },
} as const;

/** A link to set a password. The token travels behind the # of the address, which is not sent and not logged. */
export async function writeLinkMail(
  platform: Platform,
  { kind, message, secret }: Outgoing,
  recipient: { name: string; language: Language },
) {
  const expiresAt = String(message['expiresAt']);
  // Used, run out or replaced by a newer one while the mail waited: a mail that leads nowhere helps nobody.
  if (
    secret === null ||
    !(await platform.db.asSystem((db) => isOpenLink(db, secret, platform.clock.now())))
  ) {
    return null;
  }
  const { organisation, timeZone, address } = await platform.db.asSystem(async (db) => {
    const row = await db
      .selectFrom('organisation')
      .select(['name as organisation', 'time_zone as timeZone'])
      .executeTakeFirstOrThrow();
    return { ...row, address: await findPageAddress(db, platform.config) };
  });
  if (address === null) return null;
  const { language, name } = recipient;
  const until = new Intl.DateTimeFormat(language, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(expiresAt));
  const facts = { name, organisation, until };
  const said = words[language];
  const own = kind === 'reset' ? said.reset : said.invitation;
  return {
    subject: own.subject(facts),
    ...layOut({
      greeting: said.hello(facts),
      lines: [{ text: own.line(facts) }, { text: said.until(facts) }],
      action: { text: own.action, url: `${address}/enter#${secret}` },
      footer: said.footer(facts),
    }),
  };
}
