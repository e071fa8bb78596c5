import type { Permission, Role } from '@kezi/contract';
import type { Kind } from './access-sight.js';

/** What is expected of one route. */
export interface AccessRow {
  /** The permission that a role, and a key, must have. */
  right: Permission;
  /** The roles that have it. */
  may: readonly Role[];
  /** What the id in the path is the id of; by name where there are several. */
  of?: Kind | Readonly<Record<string, Kind>>;
  /**
   * What ids in query and body are ids of, by name or by place (`customers.customerIds`), where `kindOfId` says something else;
   * null: of nothing restricted.
   */
  ids?: Readonly<Record<string, Kind | null>>;
  /** What stands in the path in the place of an id, such as the name of a detector. */
  fixed?: Readonly<Record<string, string>>;
  /** Text of a file that is sent in the place of a body. */
  file?: string;
  /** Query of a good request, `?` included. */
  query?: string;
  /** Body of a good request. `serial` is another at every request. */
  body?: (serial: number) => object;
  /** Where a body takes one thing or another: the good body for ids at places that begin so, such as `customers.filter`. */
  otherwise?: Readonly<Record<string, object>>;
  /** What the body must hold beside an id that is put into a list in it, such as the amount of the part of a payment. */
  around?: object;
  /** Statuses that an id in the path that never was gets; otherwise 404. What is not theirs gets the same. */
  never?: readonly number[];
  /**
   * Statuses that a good request may get from somebody who may; otherwise 200 to 204. `any`: all but a refusal of its form and
   * a defect, where what the request does depends on more than its rights.
   */
  statuses?: readonly number[] | 'any';
  /** The answer is a stream that goes on until somebody's rights change: it is heard until then. */
  endless?: boolean;
}
