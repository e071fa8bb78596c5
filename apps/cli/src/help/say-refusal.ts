/*
 * What the library of commands says of a line that it cannot take, in Chinese. It has no other place for its words: each
 * pattern is a sentence of its version 14, and one that is not known stays as it is.
 */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^error: missing required argument '(.*)'$/u, '缺少参数 $1'],
  [/^error: option '(.*)' argument missing$/u, '选项 $1 后面缺少值'],
  [/^error: required option '(.*)' not specified$/u, '必须给出选项 $1'],
  [/^error: option '(.*)' cannot be used with option '(.*)'$/u, '选项 $1 不能与 $2 同用'],
  [/^error: unknown option '(.*)'$/u, '没有选项 $1'],
  [/^error: unknown command '(.*)'$/u, '没有命令 $1'],
  [
    /^error: too many arguments(?: for '(?:.*)')?\. Expected (\d+) arguments? but got (\d+)\.$/u,
    '参数太多：应有 $1 个，给了 $2 个',
  ],
  [/^error: option '(.*)' argument '(.*)' is invalid\. ?(.*)$/u, '选项 $1 的值 $2 不对。$3'],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*)'\. ?(.*)$/u,
    '参数 $2 的值 $1 不对。$3',
  ],
  [/^\(Did you mean one of (.*)\?\)$/u, '（是不是其中之一：$1？）'],
  [/^\(Did you mean (.*)\?\)$/u, '（是不是 $1？）'],
];

/** What follows a value that is refused. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/Allowed choices are (.*)\.$/u, '可选：$1。'],
  [/a number of months, or off$/u, '应是月数，或 off。'],
  [/a number of rows, or off$/u, '应是行数，或 off。'],
  [/It is no day or moment\.$/u, '这不是日期或时间。'],
];

function inChinese(line: string): string {
  const known = sentences.find(([pattern]) => pattern.test(line));
  if (known === undefined) return line;
  const said = line.replace(...known);
  const ending = endings.find(([pattern]) => pattern.test(said));
  return ending === undefined ? said : said.replace(...ending);
}

export const refusalInChinese = (text: string): string => text.split('\n').map(inChinese).join('\n');
