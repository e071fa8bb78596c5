interface MailLine {
  text: string;
  /** Where it leads. */
  url?: string | undefined;
}

interface MailContent {
  greeting: string;
  lines: readonly MailLine[];
  /** The one thing to do, shown as a button. */
  action?: { text: string; url: string } | undefined;
  footer: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? '');

const paragraph = 'margin:0 0 10px;font-size:14px;line-height:1.6;color:#1f2733';
const button =
  'display:inline-block;padding:9px 18px;border-radius:6px;background:#1f5fd0;color:#ffffff;text-decoration:none';

function htmlLine({ text, url }: MailLine): string {
  const shown =
    url === undefined ? safe(text) : `<a href="${safe(url)}" style="color:#1f5fd0">${safe(text)}</a>`;
  return `<p style="${paragraph}">${shown}</p>`;
}

/** One content as plain text and as plain HTML without pictures: what a person typed stays text. */
export function layOut({ greeting, lines, action, footer }: MailContent): { text: string; html: string } {
  const text = [
    greeting,
    '',
    ...lines.map(({ text: words, url }) => (url === undefined ? words : `${words}\n  ${url}`)),
    ...(action ? ['', `${action.text}: ${action.url}`] : []),
    '',
    '--',
    footer,
  ].join('\n');
  const html = [
    '<!doctype html><html><body style="margin:0;padding:24px;background:#f5f6f8;font-family:sans-serif">',
    '<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">',
    `<p style="${paragraph}">${safe(greeting)}</p>`,
    ...lines.map(htmlLine),
    ...(action
      ? [
          `<p style="margin:18px 0"><a href="${safe(action.url)}" style="${button}">${safe(action.text)}</a></p>`,
        ]
      : []),
    `<p style="margin:18px 0 0;font-size:12px;color:#6b7483">${safe(footer)}</p>`,
    '</div></body></html>',
  ].join('\n');
  return { text, html };
}
