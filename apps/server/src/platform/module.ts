import type { EventListener } from './events/listen-to.js';
import type { KeziApp } from './http/kezi-app.js';
import type { AnyJob } from './jobs/define-job.js';
import type { DeliveryChannel } from './outbound/delivery-channel.js';
import type { Platform } from './platform.js';

/** What a slice brings to the house. `modules/index.ts` lists them all, in the order of the wings. */
export interface Module {
  name: string;
  routes?: (app: KeziApp, platform: Platform) => void | Promise<void>;
  jobs?: readonly AnyJob[];
  listeners?: readonly EventListener[];
  /** Ways out of the house that it knows. */
  channels?: readonly DeliveryChannel[];
  /** What comes with the time, such as a day that begins somewhere: once an hour and at every start. */
  hourly?: (platform: Platform) => Promise<void>;
}
