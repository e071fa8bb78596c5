/**
 * Which rows stand in the window of a very long list.
 *
 * Browsers refuse elements higher than 17 to 33 million pixels, and a million rows of 36 px are 36 million. So the
 * scroll bar runs over a shorter `track`, and the position in the full list (`logical`) is kept beside it: small steps
 * (wheel, keys) move both by the same pixels, a jump (dragging the bar) is scaled. After a rest the bar is put where it
 * belongs (`settledTop`), so that the two never drift apart.
 */
export interface ScrollGeometry {
  rows: number;
  rowHeight: number;
  /** Pixels of the window that show rows. */
  viewport: number;
}

export interface ScrollPlace {
  /** scrollTop of the element. */
  physical: number;
  /** Pixels from the first row. */
  logical: number;
}

/** Well below the smallest limit seen (Firefox, 17.8 million). */
export const maxTrack = 8_000_000;

export const trackHeight = ({ rows, rowHeight }: ScrollGeometry): number =>
  Math.min(rows * rowHeight, maxTrack);

const ends = (geometry: ScrollGeometry) => ({
  physical: Math.max(trackHeight(geometry) - geometry.viewport, 0),
  logical: Math.max(geometry.rows * geometry.rowHeight - geometry.viewport, 0),
});

const clamp = (value: number, high: number) => Math.min(Math.max(value, 0), high);

/** The new place after the element has scrolled to `physical`. */
export function moveTo(from: ScrollPlace, physical: number, geometry: ScrollGeometry): ScrollPlace {
  const end = ends(geometry);
  if (end.logical <= end.physical) return { physical, logical: clamp(physical, end.logical) };
  if (physical <= 0) return { physical, logical: 0 };
  if (physical >= end.physical - 1) return { physical, logical: end.logical };
  const step = physical - from.physical;
  const isJump = Math.abs(step) > 2 * geometry.viewport;
  const logical = isJump ? (physical / end.physical) * end.logical : from.logical + step;
  return { physical, logical: clamp(logical, end.logical) };
}

/** Where the bar belongs for a place in the list. */
export function settledTop(logical: number, geometry: ScrollGeometry): number {
  const end = ends(geometry);
  if (end.logical <= end.physical) return clamp(logical, end.physical);
  return (clamp(logical, end.logical) / end.logical) * end.physical;
}

/** The place that shows a row wholly, moving no farther than needed. */
export function reveal(logical: number, row: number, geometry: ScrollGeometry): number {
  const top = row * geometry.rowHeight;
  if (top < logical) return top;
  const below = top + geometry.rowHeight - geometry.viewport;
  return below > logical ? below : logical;
}

/** Rows are drawn and dropped four at a time, so that most scroll events change nothing that is drawn. */
const block = 4;

/** First and one past the last row to draw, with some to spare above and below. */
export function rowsInView(
  logical: number,
  geometry: ScrollGeometry,
  spare = 4,
): { first: number; end: number } {
  const top = Math.floor(logical / geometry.rowHeight / block) * block;
  const bottom = Math.ceil((logical + geometry.viewport) / geometry.rowHeight / block) * block;
  const end = Math.min(bottom + spare, geometry.rows);
  return { first: Math.min(Math.max(top - spare, 0), end), end };
}

/** Whether two places need another drawing: other rows, or the same rows elsewhere on the track. */
export function drawsOtherwise(before: ScrollPlace, after: ScrollPlace, geometry: ScrollGeometry): boolean {
  if (Math.abs(after.physical - after.logical - (before.physical - before.logical)) > 0.01) return true;
  const [one, other] = [rowsInView(before.logical, geometry), rowsInView(after.logical, geometry)];
  return one.first !== other.first || one.end !== other.end;
}
