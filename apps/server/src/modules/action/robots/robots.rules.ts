import { createHmac } from 'node:crypto';
import type { RobotVendor } from '@kezi/contract';

/** What a group reads. */
export interface RobotText {
  title: string;
  lines: readonly { text: string; url?: string | undefined }[];
}

/** Where each vendor's robots stand; other hosts only where the administrator allows them. */
export const hostOfVendor: Readonly<Record<RobotVendor, string>> = {
  wecom: 'qyapi.weixin.qq.com',
  dingtalk: 'oapi.dingtalk.com',
  feishu: 'open.feishu.cn',
};

/** All three vendors take 20 messages a minute from one robot, and silence it for minutes beyond. */
export const mostAMinute = 20;

/** WeCom takes 4,096 bytes; the others more. What is beyond is cut at a line. */
const mostBytes = 4000;

const harmless: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '(': '（',
  ')': '）',
  '<': '＜',
  '>': '＞',
  '`': '｀',
  '*': '＊',
  _: '＿',
  '#': '＃',
  '@': '＠',
  '\\': '＼',
};

/** A name is text: written in full width, its signs make no link, no mention and no heading in a group. */
export function plain(text: string): string {
  return text.replaceAll(/[[\]()<>`*_#@\\]/g, (sign) => harmless[sign] ?? sign).replaceAll(/\s+/g, ' ');
}

function markdownOf({ title, lines }: RobotText): string {
  const all = [`**${plain(title)}**`];
  let bytes = Buffer.byteLength(all[0] ?? '');
  for (const { text, url } of lines) {
    const line = url === undefined ? plain(text) : `[${plain(text)}](${url})`;
    bytes += Buffer.byteLength(line) + 4;
    if (bytes > mostBytes) break;
    all.push(line);
  }
  return all.join('\n\n');
}

interface RobotRequest {
  url: string;
  body: string;
}

/** DingTalk: HMAC-SHA-256 of `<milliseconds>\n<secret>` under the secret, in the query. */
function dingtalk(url: string, secret: string | null, text: RobotText, now: Date): RobotRequest {
  const address = new URL(url);
  if (secret !== null) {
    const timestamp = String(now.getTime());
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    address.searchParams.set('timestamp', timestamp);
    address.searchParams.set('sign', sign);
  }
  const markdown = { title: plain(text.title), text: markdownOf(text) };
  return { url: address.href, body: JSON.stringify({ msgtype: 'markdown', markdown }) };
}

/** Feishu: HMAC-SHA-256 of nothing under `<seconds>\n<secret>`, in the body. */
function feishu(url: string, secret: string | null, text: RobotText, now: Date): RobotRequest {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signed =
    secret === null
      ? {}
      : {
          timestamp,
          sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64'),
        };
  const content = text.lines.map(({ text: words, url: href }) => [
    href === undefined ? { tag: 'text', text: words } : { tag: 'a', text: words, href },
  ]);
  const post = { zh_cn: { title: text.title, content } };
  return { url, body: JSON.stringify({ ...signed, msg_type: 'post', content: { post } }) };
}

function wecom(url: string, text: RobotText): RobotRequest {
  return {
    url,
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdownOf(text) } }),
  };
}

/** A text in the form that a vendor's robot takes, signed where it has a secret. */
export function requestFor(
  vendor: RobotVendor,
  { url, secret }: { url: string; secret: string | null },
  text: RobotText,
  now: Date,
): RobotRequest {
  switch (vendor) {
    case 'wecom':
      return wecom(url, text);
    case 'dingtalk':
      return dingtalk(url, secret, text, now);
    case 'feishu':
      return feishu(url, secret, text, now);
    default:
      return vendor satisfies never;
  }
}

/** Codes by which a vendor says that there were too many messages. */
const tooMany: Readonly<Record<RobotVendor, readonly number[]>> = {
  wecom: [45_009],
  dingtalk: [130_101, 410_100],
  feishu: [9499, 11_232],
};

/** What an answer means. A robot says no with status 200: its code is in the body. */
export function verdictOf(
  vendor: RobotVendor,
  status: number,
  answer: string,
): 'taken' | 'too-many' | 'refused' {
  if (status === 429) return 'too-many';
  if (status !== 200) return 'refused';
  const code = /"(?:errcode|code|StatusCode)"\s*:\s*(-?\d+)/.exec(answer)?.[1];
  if (code === '0') return 'taken';
  return code !== undefined && tooMany[vendor].includes(Number(code)) ? 'too-many' : 'refused';
}
