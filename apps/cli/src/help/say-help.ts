import type { Language } from '@kezi/contract/errors';
import { Help, type Command, type HelpConfiguration } from 'commander';
import { placesOf } from '../output.js';
import { refusalInChinese } from './say-refusal.js';
import zhAction from './zh-action.js';
import zhFrame from './zh-frame.js';
import zhInsight from './zh-insight.js';
import zhPeople from './zh-people.js';
import zhPolicy from './zh-policy.js';
import zhRecords from './zh-records.js';
import zhShared from './zh-shared.js';

/** Commands describe themselves in English; that text is the key of the Chinese one. */
export const inChinese: Readonly<Record<string, string>> = {
  ...zhShared,
  ...zhFrame,
  ...zhPeople,
  ...zhRecords,
  ...zhInsight,
  ...zhPolicy,
  ...zhAction,
};

/** What must not begin a line. */
const closing = /^[，。；：、！？）”》]/u;

/** Wrapped between characters where there are no blanks; a word of letters stays whole. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[!-~]+|\s+|[^\s!-~]/gu) ?? []) {
    if (line !== '' && placesOf(line + piece) > width && !closing.test(piece)) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line].join('\n');
}

const usual = new Help();
/** What the library adds behind a description. */
const extras = (text: string): string =>
  text.replace(/ ?\((choices|default): (.*)\)$/u, (_whole, kind: string, rest: string) => {
    const first = kind === 'choices' ? '可选' : '默认';
    const plain = rest.replace(/, default: /u, '；默认：').replaceAll(/["[\]]/gu, '');
    return `（${first}：${plain}）`;
  });
const bracketed = (text: string): string =>
  text.replace('[options]', '[选项]').replace('[command]', '[命令]');

const chineseHelp: HelpConfiguration = {
  displayWidth: placesOf,
  boxWrap: wrapped,
  styleTitle: (title) => inChinese[title] ?? title,
  styleUsage: bracketed,
  styleSubcommandTerm: bracketed,
  optionDescription: (option) => extras(usual.optionDescription(option)),
  argumentDescription: (argument) => extras(usual.argumentDescription(argument)),
};

const ofHelp = 'show the help of a command';

function translate(command: Command): void {
  const said = (text: string) => inChinese[text] ?? text;
  command.description(said(command.description()));
  for (const part of [...command.options, ...command.registeredArguments]) {
    part.description = said(part.description);
  }
  command.helpOption('-h, --help', said(ofHelp));
  if (command.commands.length > 0) command.helpCommand('help [command]', said(ofHelp));
  command.commands.forEach(translate);
}

/** The commands that are registered meanwhile say in the reader's language how they are used, and what was wrong in a line. */
export function sayHelp(program: Command, language: Language, register: () => void): void {
  const isChinese = language === 'zh-CN';
  if (isChinese) {
    program.configureHelp(chineseHelp).configureOutput({
      outputError: (text, write) => write(refusalInChinese(text)),
    });
  }
  register();
  program.commandsGroup('Help:').helpCommand('help [command]', ofHelp);
  if (isChinese) translate(program);
  const more = 'kezi help <command> says more. KEZI_LANG=zh speaks Chinese, KEZI_LANG=en English.';
  program.addHelpText('after', `\n${isChinese ? inChinese[more] : more}`);
}
