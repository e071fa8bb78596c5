import { expect, it } from 'vitest';
import { bodyOf, errorOfStatus, isToPause, signatureOf } from './webhooks.rules.js';

it('signs the time and the body', () => {
  // Oracle: printf '1772416800.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
  expect(signatureOf('whsec_test', '{"a":1}', new Date('2026-03-02T02:00:00Z'))).toBe(
    't=1772416800,v1=0952b5285a3fa47a6779f905dddbe1e1156f46a0c95d39650d1bb03ab94f27d4',
  );
  expect(signatureOf('whsec_test', '{"a":2}', new Date('2026-03-02T02:00:00Z'))).not.toContain(
    '0952b5285a3fa47a6779f905dddbe1e1156f46a0c95d39650d1bb03ab94f27d4',
  );
});

it('pauses what has failed for 20 hours', () => {
  const now = new Date('2026-03-02T20:00:00Z');
  expect(isToPause(null, now)).toBe(false);
  expect(isToPause('2026-03-02T00:00:01Z', now)).toBe(false);
  expect(isToPause('2026-03-02T00:00:00Z', now)).toBe(true);
});

it('takes 2xx for success alone, and follows nowhere', () => {
  expect([200, 204, 299].map(errorOfStatus)).toEqual([null, null, null]);
  expect(errorOfStatus(302)).toBe('outbound.redirect_refused');
  expect([199, 404, 500].map(errorOfStatus)).toEqual(Array(3).fill('outbound.answered_error'));
});

it('names its number, type and version', () => {
  const body = bodyOf({ deliveryId: 7, kind: 'test', occurredAt: '2026-03-02T02:00:00.000Z', data: {} });
  expect(JSON.parse(body)).toEqual({
    id: 'delivery-7',
    type: 'test',
    version: 1,
    occurredAt: '2026-03-02T02:00:00.000Z',
    data: {},
  });
});
