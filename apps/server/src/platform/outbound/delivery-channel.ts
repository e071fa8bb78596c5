import type { Db } from '../db/scoped-db.js';
import type { Platform } from '../platform.js';

export type ChannelName = 'webhook' | 'mail' | 'robot';

/** A delivery that is under way. */
export interface Outgoing {
  deliveryId: number;
  kind: string;
  webhookId: number | null;
  robotId: number | null;
  userId: number | null;
  message: Readonly<Record<string, unknown>>;
  /** What only the receiver may read, opened. */
  secret: string | null;
  createdAt: string;
}

export type Attempt =
  | { end: 'through'; status: number | null; answer: string; milliseconds: number }
  | {
      end: 'failed';
      status: number | null;
      /** A code; its sentence stands with the errors. */
      error: string;
      answer: string;
      milliseconds: number;
      /** Trying again would not help. */
      isFinal?: boolean;
    }
  /** Not an attempt: quiet hours, or the receiver takes no more for now. */
  | { end: 'held'; until: Date }
  /** There is nobody to send it to any more, or they may not see it. */
  | { end: 'withdrawn' };

/** A way out of the house. Slices bring theirs in `modules/index.ts`. */
export interface DeliveryChannel {
  name: ChannelName;
  /** Sends it; what is outside fails by answer, never by an error. Takes a minute at most. */
  send: (platform: Platform, outgoing: Outgoing) => Promise<Attempt>;
  /** What else changes when an attempt has ended, in the transaction that records it. */
  settle?: (db: Db, outgoing: Outgoing, attempt: Attempt, now: Date) => Promise<void>;
}
