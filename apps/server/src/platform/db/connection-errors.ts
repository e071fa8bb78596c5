const broken = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '57P01', // told to end by an administrator
  '57P02', // another process of the server crashed
  '57P03', // starting up or shutting down
  '53300', // too many connections
  '08000',
  '08003',
  '08006',
]);

const brokenTexts = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
];

/** True when the database could not be reached or went away: the request may be tried again in a moment. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && broken.has(code)) return true;
  return brokenTexts.some((text) => error.message.includes(text));
}

/** PostgreSQL's code of five characters, or null for another kind of error. */
export function sqlStateOf(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
