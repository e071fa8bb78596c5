/**
 * Closeness of each row to the ideal (Hwang & Yoon, Multiple Attribute Decision Making, 1981): the distance from the worst
 * point as a share of the distances from both, 1 at the best. `best` and `worst` are points in the units of the columns,
 * before weighing; 1 and 0 where left out, for columns on the scale of 0 to 1. With points that do not move, a row that
 * gets better in one column never gets further away. RangeError when there is not a weight for each column.
 */
export function topsisCloseness(
  columns: readonly ArrayLike<number>[],
  weights: readonly number[],
  points: { best?: readonly number[]; worst?: readonly number[] } = {},
): Float64Array {
  if (columns.length !== weights.length)
    throw new RangeError(`${weights.length} weights for ${columns.length} columns`);
  const rows = columns[0]?.length ?? 0;
  const fromBest = new Float64Array(rows);
  const fromWorst = new Float64Array(rows);
  for (const [j, column] of columns.entries()) {
    const weight = weights[j]!;
    const best = points.best?.[j] ?? 1;
    const worst = points.worst?.[j] ?? 0;
    for (let i = 0; i < rows; i++) {
      fromBest[i]! += (weight * (best - column[i]!)) ** 2;
      fromWorst[i]! += (weight * (column[i]! - worst)) ** 2;
    }
  }
  return fromBest.map((squares, i) => {
    const reach = Math.sqrt(fromWorst[i]!);
    const sum = Math.sqrt(squares) + reach;
    return sum > 0 ? reach / sum : 0;
  });
}
