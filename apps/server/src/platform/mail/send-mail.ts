import { createTransport } from 'nodemailer';
import type { SecretBox } from '../auth/secret-box.js';
import type { Db } from '../db/scoped-db.js';
import type { Attempt } from '../outbound/delivery-channel.js';

interface MailServer {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  user: string | null;
  password: string | null;
  from: string;
  /** The sender's name, as people read it. */
  name: string;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same at every attempt, so that a mail server knows a repetition. */
  messageId?: string;
}

/** The mail server that an administrator has set up; null while nothing can be sent. */
export async function findMailServer(db: Db, box: SecretBox): Promise<MailServer | null> {
  const row = await db.selectFrom('outbound_setting').selectAll().executeTakeFirstOrThrow();
  if (row.mail_host === null || row.mail_from === null) return null;
  const { name } = await db.selectFrom('organisation').select('name').executeTakeFirstOrThrow();
  const security = row.mail_security as MailServer['security'];
  return {
    host: row.mail_host,
    port: row.mail_port ?? { tls: 465, starttls: 587, none: 25 }[security],
    security,
    user: row.mail_user,
    password: row.mail_password === null ? null : box.open(row.mail_password),
    from: row.mail_from,
    name,
  };
}

/** Whether mail goes out at all. */
export async function hasMail(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('outbound_setting')
    .select('is_only')
    .where('mail_host', 'is not', null)
    .where('mail_from', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** A server that is slow or silent is left after so long; a mail is tried again later. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

interface SmtpError extends Error {
  responseCode?: number;
  response?: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a mail server said, without whatever secret it may repeat: as it is, or as it is sent (RFC 4616, AUTH LOGIN). */
const said = (text: string | undefined, { user, password }: MailServer): string => {
  const secrets = password ? [base64(`\0${user ?? ''}\0${password}`), base64(password), password] : [];
  return secrets.reduce((plain, secret) => plain.replaceAll(secret, '***'), text ?? '').slice(0, 500);
};

/** Hands a mail to the server, and tells how it ended. */
export async function sendMail(
  server: MailServer,
  mail: Mail,
): Promise<Extract<Attempt, { end: 'through' | 'failed' }>> {
  const began = performance.now();
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    ...patience,
    // A mail holds nothing but the text that is given.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const milliseconds = () => Math.round(performance.now() - began);
  try {
    const sent = await transport.sendMail({
      from: { name: server.name, address: server.from },
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
      headers: { 'auto-submitted': 'auto-generated' },
    });
    const answer = said(sent.response, server);
    return {
      end: 'through',
      status: Number(answer.slice(0, 3)) || null,
      answer,
      milliseconds: milliseconds(),
    };
  } catch (error) {
    const { responseCode, response, message } = error as SmtpError;
    const status = responseCode ?? null;
    return {
      end: 'failed',
      status,
      error: status === null ? 'outbound.mail_unreachable' : 'outbound.mail_refused',
      answer: said(response ?? message, server),
      milliseconds: milliseconds(),
      // 550 to 554: this recipient will not be taken tomorrow either.
      isFinal: status !== null && status >= 550 && status <= 554,
    };
  } finally {
    transport.close();
  }
}
