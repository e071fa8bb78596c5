import { CodedError, type ErrorCode } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';

/** The ETag of a row: its version. */
export function etagOf(rowVersion: number): string {
  return `"${rowVersion}"`;
}

/** The version that the writer last saw (If-Match), or null when none was sent. */
export function versionSeen(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  const match = header === undefined ? null : /^(?:W\/)?"(\d+)"$/.exec(header);
  return match ? Number(match[1]) : null;
}

/** What a writer sends, with the version that was seen: of the two that may be named (If-Match and body) the older. */
export function withVersionSeen<Body extends { rowVersion: number }>(
  request: FastifyRequest,
  body: Body,
): Body {
  return { ...body, rowVersion: Math.min(versionSeen(request) ?? body.rowVersion, body.rowVersion) };
}

/** Refuses to write over a change that the writer has not seen. */
export function expectVersion(request: FastifyRequest, current: number, code: ErrorCode): void {
  const seen = versionSeen(request);
  if (seen !== null && seen !== current) throw new CodedError(code);
}
