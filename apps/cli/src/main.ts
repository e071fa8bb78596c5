import { Command, CommanderError } from 'commander';
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
import { exitCodes, languageOf, reportError } from './output.js';
import { checkTypedNumbers } from './typed-numbers.js';

const language = languageOf(process.env);

/** Who gets in, with what key, and where they stand. */
function registerPeople(program: Command): void {
  const user = program.command('user').description('people');
  registerUserCreate(user);
  registerUserHelp(user);
  registerUserPlace(user, () => language);
  registerDepartment(program, () => language);
  registerWall(program, () => language);
  const key = program.command('key').description('API keys');
  registerKeyCreate(key);
  registerKeyList(key);
}

/** The day's work, of one's own and of a team. */
function registerDaily(program: Command): void {
  registerOverview(program, () => language);
  registerWorklist(program, () => language);
  registerTask(program, () => language);
  registerCalendar(program, () => language);
  registerTeam(program, () => language);
  registerPack(program, () => language);
}

/** Commands only describe themselves here; what is heavy is imported when one of them runs. */
function kezi(): Command {
  const program = new Command('kezi').description('Kezi 客资').exitOverride();
  program.hook('preAction', (_program, command) => checkTypedNumbers(command));
  registerValue(program, () => language);
  registerModels(program, () => language);
  registerChurn(program, () => language);
  registerServe(program);
  registerImport(program, () => language);
  registerDemo(program, () => language);
  const customer = program.command('customer').description('customers of the register');
  registerCustomerList(customer, () => language);
  registerCustomerShow(customer, () => language);
  registerCustomerExport(customer, () => language);
  registerCustomerAccess(customer, () => language);
  registerCustomerShare(customer, () => language);
  registerCustomerUnshare(customer, () => language);
  registerCustomerTeam(customer, () => language);
  registerCustomerCreate(customer, () => language);
  registerCustomerUpdate(customer, () => language);
  registerCustomerMerge(customer, () => language);
  registerCustomerUnmerge(customer, () => language);
  registerDuplicates(program, () => language);
  registerQuality(program, () => language);
  registerView(program, () => language);
  registerCustomerGroup(customer, () => language);
  const contact = program.command('contact').description('people at customers');
  registerContactList(contact, () => language);
  registerContactShow(contact, () => language);
  registerContactCreate(contact, () => language);
  registerContactUpdate(contact, () => language);
  registerContract(program, () => language);
  registerReceivable(program, () => language);
  registerNote(program, () => language);
  const interaction = program.command('interaction').description('what was done with customers');
  registerInteractionList(interaction, () => language);
  registerInteractionLog(interaction, () => language);
  const warn = program.command('warn').description('warnings before value is lost');
  registerWarnBacktest(warn, () => language);
  registerWarnList(warn, () => language);
  registerWarnFolded(warn, () => language);
  registerWarnDetectors(warn, () => language);
  registerWarnSet(warn, () => language);
  registerProspects(warn, () => language);
  registerWarnSettle(warn, () => language);
  registerWarnRun(warn, () => language);
  registerDaily(program);
  registerPeople(program);
  registerPerson(program, () => language);
  const audit = program.command('audit').description('who saw, changed and exported what');
  registerAuditList(audit, () => language);
  registerAuditExport(audit, () => language);
  registerTransfer(program, () => language);
  registerDeputy(program, () => language);
  registerDispute(program, () => language);
  registerHandover(program, () => language);
  registerField(program, () => language);
  registerPool(program, () => language);
  registerTiers(program, () => language);
  registerSegments(program, () => language);
  registerEntitlements(program, () => language);
  registerLifecycle(program, () => language);
  registerWebhook(program, () => language);
  registerMail(program, () => language);
  registerBackup(program);
  registerRestore(program);
  registerDoctor(program, () => language);
  return program;
}

try {
  await kezi().parseAsync();
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  else process.exitCode = reportError(error, language);
}
