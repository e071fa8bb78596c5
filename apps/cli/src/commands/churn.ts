import type { Language } from '@kezi/contract/errors';
import type { Command } from 'commander';
import type { ChurnFlags } from './churn-options.js';

export function registerChurn(program: Command, language: () => Language): void {
  program
    .command('churn')
    .description('say who will leave: learnt from a label, or from the silence in files of orders')
    .argument(
      '<file...>',
      'a table with a label, or orders: .csv, .csv.gz, .tsv, .txt, .xlsx, .parquet (orders)',
    )
    .option('--label <column>', 'column that says who left; without it the files hold orders')
    .option('--churned <value>', 'value of the label for those who left, where the words do not say it')
    .option('--features <columns>', 'columns to learn from, with commas between them, or all', 'all')
    .option(
      '--id <column>',
      'column that names the customer (default: the one that names each row, else the row number)',
    )
    .option('--model <name>', 'logistic, gbdt or auto', 'auto')
    .option('--holdout-every <figure>', 'judge on every n-th row')
    .option('--holdout <share>', 'judge on a share of the rows, drawn by the seed (default: 0.2)')
    .option('--seed <figure>', 'the same seed gives the same bytes', '1')
    .option('--silence <days>', 'orders: gone is who does not order for so long (default: by their rhythm)')
    .option('--as-of <date>', 'orders: day the figures are true for, yyyy-mm-dd (default: last order day)')
    .option('--customer <column>', 'orders: column of the customer id')
    .option('--date <column>', 'orders: column of the order date')
    .option('--amount <column>', 'orders: column of the amount of the line')
    .option('--quantity <column>', 'orders: column of the quantity, with --unit-price')
    .option('--unit-price <column>', 'orders: column of the price of one piece')
    .option('--date-format <name>', 'orders: dmy or mdy where day and month cannot be told apart')
    .option('--time-zone <zone>', 'orders: zone in which instants become days', 'Asia/Shanghai')
    .option(
      '--encoding <name>',
      'orders: utf-8, gb18030, big5, utf-16le or utf-16be; found out when left out',
    )
    .option('--sheet <name>', 'orders: worksheet of an .xlsx')
    .option('--out <file>', '.csv, .parquet or .xlsx, one row a customer: probability, tenth, three reasons')
    .option('--rejects <file>', 'orders: rows that were not accepted, as CSV')
    .option('--save <file>', 'keep the model as JSON')
    .option('--apply <model>', 'learn nothing; score the file with a model that was kept')
    .option('--format <format>', 'json or table (default: table on a terminal, json on a pipe)')
    .action(async (files: string[], flags: ChurnFlags) => {
      const { runChurn } = await import('./churn-run.js');
      process.exitCode = await runChurn(files, flags, language());
    });
}
