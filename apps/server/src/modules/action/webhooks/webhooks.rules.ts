import { createHmac } from 'node:crypto';

/** What stands before a secret, so that one that leaked is known for what it is. */
export const secretPrefix = 'whsec_';

/**
 * The header by which a receiver knows that a message is ours and new: `t=<seconds>,v1=<hex>`, where v1 is the HMAC-SHA-256
 * of `<seconds>.<body>` under the secret. Receivers refuse what is older than five minutes.
 */
export function signatureOf(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

/** Nothing has come through for so long: it is paused, and administrators are told. */
const pausedAfterMs = 20 * 3_600_000;

/** Whether a webhook that failed once more is to be paused. */
export function isToPause(failingSince: string | null, now: Date): boolean {
  return failingSince !== null && now.getTime() - new Date(failingSince).getTime() >= pausedAfterMs;
}

/** How an answer's status counts; null when it came through. */
export function errorOfStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'outbound.redirect_refused';
  return 'outbound.answered_error';
}

interface Envelope {
  deliveryId: number;
  kind: string;
  occurredAt: string;
  data: unknown;
}

/** What a receiver reads: the shape carries its version, and numbers stand for names, which the interface tells. */
export function bodyOf({ deliveryId, kind, occurredAt, data }: Envelope): string {
  return JSON.stringify({ id: `delivery-${deliveryId}`, type: kind, version: 1, occurredAt, data });
}
