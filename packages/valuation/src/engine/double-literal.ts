/** A number as a SQL literal of type double, all digits kept. Without the exponent it would be an exact decimal. */
export function doubleLiteral(value: number): string {
  return value.toExponential();
}
