import type { Command } from 'commander';

export interface OfSegments {
  segment?: string[];
}

/** Segments narrow whatever is listed by customer, wherever that is. */
export function addSegmentOption(command: Command): Command {
  return command.option('--segment <id...>', 'of the members of these segments alone (kezi segments list)');
}

/** A query with the segments in it. */
export function segmentQuery(
  { segment = [] }: OfSegments,
  more: Readonly<Record<string, string>> = {},
): URLSearchParams {
  const query = new URLSearchParams(more);
  for (const id of segment) query.append('segmentId', id);
  return query;
}
