import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { plain, requestFor, verdictOf } from './robots.rules.js';

const now = new Date('2026-03-02T02:00:00Z');
const text = {
  title: '3 条新预警',
  lines: [{ text: '华东[机械](北京)', url: 'https://kezi.example/x' }, { text: '完' }],
};
const bodyOf = (body: string) => JSON.parse(body) as Record<string, Record<string, unknown>>;

it('writes markdown for WeCom, and keeps names from making links and mentions', () => {
  const { url, body } = requestFor(
    'wecom',
    { url: 'https://qyapi.weixin.qq.com/x?key=1', secret: null },
    text,
    now,
  );
  expect(url).toBe('https://qyapi.weixin.qq.com/x?key=1');
  expect(bodyOf(body)).toEqual({
    msgtype: 'markdown',
    markdown: { content: '**3 条新预警**\n\n[华东［机械］（北京）](https://kezi.example/x)\n\n完' },
  });
  expect(plain('<@all> @everyone\n# x')).toBe('＜＠all＞ ＠everyone ＃ x');
});

it('cuts what WeCom would not take, at a line', () => {
  const lines = Array.from({ length: 300 }, (_, i) => ({ text: `客户${i}有一条很长的预警说明` }));
  const { body } = requestFor('wecom', { url: 'https://x/', secret: null }, { title: '多', lines }, now);
  const content = String(bodyOf(body)['markdown']?.['content']);
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096);
  expect(content.endsWith('说明')).toBe(true);
});

it('signs for DingTalk in the query', () => {
  const robot = { url: 'https://oapi.dingtalk.com/robot/send?access_token=a', secret: 'SECabc' };
  const { searchParams } = new URL(requestFor('dingtalk', robot, text, now).url);
  // Oracle: the vendor's documented rule, HmacSHA256(secret, timestamp + "\n" + secret), base64.
  const sign = createHmac('sha256', 'SECabc').update('1772416800000\nSECabc').digest('base64');
  expect(Object.fromEntries(searchParams)).toEqual({ access_token: 'a', timestamp: '1772416800000', sign });
});

it('signs for Feishu in the body', () => {
  const robot = { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/a', secret: 'abc' };
  const body = bodyOf(requestFor('feishu', robot, text, now).body);
  const sign = createHmac('sha256', '1772416800\nabc').digest('base64');
  expect(body).toMatchObject({ timestamp: '1772416800', sign, msg_type: 'post' });
  expect(bodyOf(requestFor('feishu', { ...robot, secret: null }, text, now).body)).not.toHaveProperty('sign');
});

it('reads the code out of an answer of status 200', () => {
  expect(verdictOf('wecom', 200, '{"errcode":0,"errmsg":"ok"}')).toBe('taken');
  expect(verdictOf('wecom', 200, '{"errcode":45009,"errmsg":"freq out of limit"}')).toBe('too-many');
  expect(verdictOf('dingtalk', 200, '{"errcode":310000,"errmsg":"sign not match"}')).toBe('refused');
  expect(verdictOf('feishu', 200, '{"code":0,"msg":"success"}')).toBe('taken');
  expect(verdictOf('feishu', 200, '{"code":11232,"msg":"too fast"}')).toBe('too-many');
  expect(verdictOf('feishu', 500, '')).toBe('refused');
  expect(verdictOf('feishu', 200, '<html>')).toBe('refused');
});
