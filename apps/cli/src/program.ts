import { readFileSync } from 'node:fs';
import type { Language } from '@kezi/contract/errors';
import { Command } from 'commander';
import { registerAuditExport } from './commands/audit-export.js';
import { registerAuditList } from './commands/audit-list.js';
import { registerBackup } from './commands/backup.js';
import { registerContactList } from './commands/contact-list.js';
import { registerContactShow } from './commands/contact-show.js';
import { registerContactCreate, registerContactUpdate } from './commands/contact-write.js';
import { registerChurn } from './commands/churn.js';
import { registerContract } from './commands/contract.js';
import { registerCustomerTeam } from './commands/customer-team.js';
import { registerCustomerExport } from './commands/customer-export.js';
import { registerCustomerGroup } from './commands/customer-group.js';
import { registerCustomerMerge, registerCustomerUnmerge } from './commands/customer-merge.js';
import { registerCustomerCreate, registerCustomerUpdate } from './commands/customer-write.js';
import { registerDuplicates } from './commands/duplicates.js';
import { registerProspects } from './commands/prospects.js';
import { registerQuality } from './commands/quality.js';
import { registerView } from './commands/view.js';
import { registerCustomerList } from './commands/customer-list.js';
import {
  registerCustomerAccess,
  registerCustomerShare,
  registerCustomerUnshare,
} from './commands/customer-share.js';
import { registerCustomerShow } from './commands/customer-show.js';
import { registerDemo } from './commands/demo.js';
import { registerDepartment } from './commands/department.js';
import { registerDeputy } from './commands/deputy.js';
import { registerDispute } from './commands/dispute.js';
import { registerEntitlements } from './commands/entitlements.js';
import { registerField } from './commands/field.js';
import { registerHandover } from './commands/handover.js';
import { registerDoctor } from './commands/doctor.js';
import { registerImport } from './commands/import.js';
import { registerInteractionList } from './commands/interaction-list.js';
import { registerInteractionLog } from './commands/interaction-log.js';
import { registerKeyCreate } from './commands/key-create.js';
import { registerKeyList } from './commands/key-list.js';
import { registerLifecycle } from './commands/lifecycle.js';
import { registerMail } from './commands/mail.js';
import { registerModels } from './commands/models.js';
import { registerNote } from './commands/note.js';
import { registerReceivable } from './commands/receivable.js';
import { registerPack } from './commands/pack.js';
import { registerPool } from './commands/pool.js';
import { registerPerson } from './commands/person.js';
import { registerRestore } from './commands/restore.js';
import { registerServe } from './commands/serve.js';
import { registerTransfer } from './commands/transfer.js';
import { registerTeam } from './commands/team.js';
import { registerSegments } from './commands/segments.js';
import { registerTiers } from './commands/tiers.js';
import { registerUserCreate } from './commands/user-create.js';
import { registerUserHelp } from './commands/user-help.js';
import { registerUserPlace } from './commands/user-place.js';
import { registerValue } from './commands/value.js';
import { registerWall } from './commands/wall.js';
import { registerWarnBacktest } from './commands/warn-backtest.js';
import { registerWarnDetectors, registerWarnFolded, registerWarnList } from './commands/warn-list.js';
import { registerWarnSet } from './commands/warn-set.js';
import { registerWarnRun, registerWarnSettle } from './commands/warn-settle.js';
import { registerWebhook } from './commands/webhook.js';
import { registerOverview } from './commands/overview.js';
import { registerCalendar } from './commands/calendar.js';
import { registerTask } from './commands/task.js';
import { registerWorklist } from './commands/worklist.js';
import { sayHelp } from './help/say-help.js';
import { checkTypedNumbers } from './typed-numbers.js';

type Said = () => Language;

/** From a file to what customers are worth, without a server. */
function registerFigures(program: Command, language: Said): void {
  program.commandsGroup('Value, from files:');
  registerValue(program, language);
  registerChurn(program, language);
  registerModels(program, language);
}

/** What runs the program and keeps it running. */
function registerHouse(program: Command, language: Said): void {
  program.commandsGroup('Run and look after it:');
  registerServe(program);
  registerDemo(program, language);
  registerImport(program, language);
  registerBackup(program);
  registerRestore(program);
  registerDoctor(program, language);
  registerMail(program, language);
  registerWebhook(program, language);
}

function registerCustomer(program: Command, language: Said): void {
  const customer = program.command('customer').description('customers of the register');
  registerCustomerList(customer, language);
  registerCustomerShow(customer, language);
  registerCustomerExport(customer, language);
  registerCustomerAccess(customer, language);
  registerCustomerShare(customer, language);
  registerCustomerUnshare(customer, language);
  registerCustomerTeam(customer, language);
  registerCustomerCreate(customer, language);
  registerCustomerUpdate(customer, language);
  registerCustomerMerge(customer, language);
  registerCustomerUnmerge(customer, language);
  registerCustomerGroup(customer, language);
}

/** Customers and what is kept of them. */
function registerRecords(program: Command, language: Said): void {
  program.commandsGroup('Customers and their records:');
  registerCustomer(program, language);
  const contact = program.command('contact').description('people at customers');
  registerContactList(contact, language);
  registerContactShow(contact, language);
  registerContactCreate(contact, language);
  registerContactUpdate(contact, language);
  const interaction = program.command('interaction').description('what was done with customers');
  registerInteractionList(interaction, language);
  registerInteractionLog(interaction, language);
  registerNote(program, language);
  registerContract(program, language);
  registerReceivable(program, language);
  registerDuplicates(program, language);
  registerQuality(program, language);
  registerField(program, language);
  registerView(program, language);
}

/** Who is worth how much, and what follows from it. */
function registerPolicy(program: Command, language: Said): void {
  program.commandsGroup('Grades and groups:');
  registerOverview(program, language);
  registerTiers(program, language);
  registerEntitlements(program, language);
  registerSegments(program, language);
  registerLifecycle(program, language);
}

/** The day's work, of one's own and of a team. */
function registerAction(program: Command, language: Said): void {
  program.commandsGroup('The day:');
  registerWorklist(program, language);
  registerTask(program, language);
  registerCalendar(program, language);
  const warn = program.command('warn').description('warnings before value is lost');
  registerWarnBacktest(warn, language);
  registerWarnList(warn, language);
  registerWarnFolded(warn, language);
  registerWarnDetectors(warn, language);
  registerWarnSet(warn, language);
  registerProspects(warn, language);
  registerWarnSettle(warn, language);
  registerWarnRun(warn, language);
  registerTeam(program, language);
  registerPack(program, language);
}

/** Who gets in, with what key, where they stand, and who looks after whom. */
function registerPeople(program: Command, language: Said): void {
  program.commandsGroup('People and rights:');
  const user = program.command('user').description('people');
  registerUserCreate(user);
  registerUserHelp(user);
  registerUserPlace(user, language);
  registerDepartment(program, language);
  registerWall(program, language);
  const key = program.command('key').description('API keys');
  registerKeyCreate(key);
  registerKeyList(key);
  registerTransfer(program, language);
  registerPool(program, language);
  registerDispute(program, language);
  registerDeputy(program, language);
  registerHandover(program, language);
  registerPerson(program, language);
  const audit = program.command('audit').description('who saw, changed and exported what');
  registerAuditList(audit, language);
  registerAuditExport(audit, language);
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Commands only describe themselves here; what is heavy is imported when one of them runs. */
export function keziProgram(spoken: Language): Command {
  const language: Said = () => spoken;
  const program = new Command('kezi')
    .description('Kezi 客资: what every customer is worth, why, and what to do')
    .version(version, '--version', 'say which version this is')
    .exitOverride();
  program.hook('preAction', (_program, command) => checkTypedNumbers(command));
  sayHelp(program, spoken, () => {
    registerHouse(program, language);
    registerFigures(program, language);
    registerRecords(program, language);
    registerPolicy(program, language);
    registerAction(program, language);
    registerPeople(program, language);
  });
  return program;
}
