import { expect, it } from 'vitest';
import { isPublicAddress } from './public-address.js';
import { checkTarget, sendOutside } from './send-outside.js';

const publicOnes = [
  '8.8.8.8',
  '1.1.1.1',
  '172.15.0.1',
  '100.63.255.255',
  '2606:4700:4700::1111',
  '2400:3200::1',
];
const closedOnes = [
  '0.0.0.0',
  '0.1.2.3',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '',
  'localhost',
  '127.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
];

it.each(publicOnes)('takes %s for public', (address) => expect(isPublicAddress(address)).toBe(true));
it.each(closedOnes)('keeps %j closed', (address) => expect(isPublicAddress(address)).toBe(false));

it.each([
  'https://127.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://127.0.0.1.:443/',
  'https://[::1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[::]/',
  'https://0/',
  'https://169.254.169.254/latest/meta-data/',
  'https://１２７.０.０.１/',
  'https://①②⑦.⓪.⓪.①/',
])('refuses %s before anything is asked', (url) =>
  expect(() => checkTarget(url, [])).toThrow(expect.objectContaining({ code: 'outbound.address_refused' })),
);

it.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://user:word@example.com/',
  'javascript:alert(1)',
  'x',
  'https://',
])('takes %s for no address', (url) =>
  expect(() => checkTarget(url, [])).toThrow(expect.objectContaining({ code: 'outbound.url_invalid' })),
);

it('asks for https, but for hosts that the administrator named', () => {
  expect(() => checkTarget('http://example.com/', [])).toThrow(
    expect.objectContaining({ code: 'outbound.not_encrypted' }),
  );
  expect(checkTarget('http://127.0.0.1:8080/x', ['127.0.0.1:8080']).port).toBe('8080');
  expect(() => checkTarget('http://127.0.0.1:8081/x', ['127.0.0.1:8080'])).toThrow(
    expect.objectContaining({ code: 'outbound.address_refused' }),
  );
});

const names: Record<string, string[]> = {
  'inside.example': ['10.0.0.5'],
  'both.example': ['8.8.8.8', '127.0.0.1'],
  'mapped.example': ['::ffff:7f00:1'],
  'nat.example': ['64:ff9b::7f00:1'],
  'nothing.example': [],
};
const resolve = (name: string) =>
  Promise.resolve((names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

it.each(['inside.example', 'both.example', 'mapped.example', 'nat.example'])('does not call %s', (name) =>
  expect(
    sendOutside({ url: `https://${name}/`, headers: {}, body: '', allowedHosts: [], resolve }),
  ).rejects.toMatchObject({ code: 'outbound.address_refused' }),
);

it('says when a name has no address', () =>
  expect(
    sendOutside({ url: 'https://nothing.example/', headers: {}, body: '', allowedHosts: [], resolve }),
  ).rejects.toMatchObject({ code: 'outbound.name_unknown' }));
