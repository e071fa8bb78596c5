/** RangeError unless (x, tx, T) can be a customer's history: 0 <= tx <= T, x >= 0, all finite. */
export function checkHistory(x: number, tx: number, T: number): void {
  if (!(x >= 0 && tx >= 0 && tx <= T && T < Number.POSITIVE_INFINITY && x < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`frequency ${x}, recency ${tx}, age ${T} is no order history`);
  }
}

/** The horizon itself, or RangeError unless it is finite and >= 0. */
export function checkHorizon(horizon: number): number {
  if (!(horizon >= 0 && horizon < Number.POSITIVE_INFINITY))
    throw new RangeError(`horizon must be finite and >= 0, got ${horizon}`);
  return horizon;
}

/** The number of orders itself, or RangeError unless it is a whole number >= 0. */
export function checkCount(n: number): number {
  if (!(Number.isInteger(n) && n >= 0))
    throw new RangeError(`number of orders must be a whole number >= 0, got ${n}`);
  return n;
}

/** RangeError unless discount and horizon give a finite sum: without end a discount > 0 is needed. */
export function checkDiscount(discount: number, horizon: number): void {
  if (!(discount >= 0 && discount < Number.POSITIVE_INFINITY))
    throw new RangeError(`discount must be finite and >= 0, got ${discount}`);
  if (!(horizon >= 0)) throw new RangeError(`horizon must be >= 0, got ${horizon}`);
  if (horizon === Number.POSITIVE_INFINITY && discount === 0)
    throw new RangeError('orders without end need a discount above 0');
}

/** RangeError, naming the parameter, unless every one of the names is a positive finite number. */
export function checkPositive(parameters: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (parameters as Record<string, unknown>)[name];
    if (!(typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`parameter ${name} must be a positive number, got ${JSON.stringify(value)}`);
  }
}
