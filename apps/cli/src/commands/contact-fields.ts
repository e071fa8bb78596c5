import { decisionRoles } from '@kezi/contract';
import { Option, type Command } from 'commander';

export interface FieldOptions {
  title?: string;
  department?: string;
  phone?: string[];
  mail?: string[];
  wechat?: string;
  role?: string;
  influence?: string;
  attitude?: string;
  reportsTo?: string;
  primary?: boolean;
  leftOn?: string;
  birthday?: string;
  notes?: string;
}

/** What can be said of a person; where a text is empty, the field is emptied. */
export function addFieldOptions(command: Command): Command {
  return command
    .option('--title <text>', 'what the person is there')
    .option('--department <text>', 'where')
    .option('--phone <phone...>', 'telephone numbers, in place of those there are')
    .option('--mail <address...>', 'mail addresses, in place of those there are')
    .option('--wechat <name>', 'WeChat')
    .addOption(new Option('--role <role>', 'role in decisions').choices([...decisionRoles]))
    .option('--influence <number-or-nothing>', '1 little to 5 decisive')
    .option('--attitude <number-or-nothing>', '-2 against us to 2 for us')
    .option('--reports-to <id-or-nothing>', 'id of another contact of the customer')
    .option('--primary', 'the first contact of the customer')
    .option('--left-on <day>', 'no longer there since this day')
    .option('--birthday <day>', 'yyyy-mm-dd')
    .option('--notes <text>', 'anything else');
}

const textOf = (text: string | undefined) => (text === '' ? null : text);
const numberOf = (text: string | undefined) =>
  text === undefined || text === '' ? textOf(text) : Number(text);

/** The options as the interface takes them; what is not given is left out. */
export function fieldsOf(options: FieldOptions): object {
  return {
    title: textOf(options.title),
    department: textOf(options.department),
    phones: options.phone?.filter((phone) => phone !== ''),
    mails: options.mail?.filter((mail) => mail !== ''),
    wechat: textOf(options.wechat),
    decisionRole: options.role,
    influence: numberOf(options.influence),
    attitude: numberOf(options.attitude),
    reportsToId: numberOf(options.reportsTo),
    isPrimary: options.primary,
    leftOn: textOf(options.leftOn),
    birthday: textOf(options.birthday),
    notes: textOf(options.notes),
  };
}
