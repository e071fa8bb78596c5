import {
  webhookEvents,
  type DeliveryRow,
  type TestResult,
  type WebhookMade,
  type WebhookRow,
} from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { Option, type Command } from 'commander';
import { exitCodes, note, printColumns, printJson, printTable, say } from '../output.js';
import type { ServerClient } from '../server-client.js';
import { addServerOptions, withServer, type ServerOptions } from './customer-server.js';

const rights = ['webhooks:read', 'webhooks:write'] as const;

const stateOf = (row: WebhookRow): string => {
  if (row.pausedAt !== null) return 'paused';
  if (!row.isActive) return 'off';
  return row.failingSince === null ? 'on' : 'failing';
};

async function listWebhooks(client: ServerClient, language: Language): Promise<void> {
  const { items } = await client.call<{ items: WebhookRow[] }>('GET', '/webhooks');
  if (!process.stdout.isTTY) {
    items.forEach((row) => printJson(row));
    return;
  }
  const words = ['id', 'name', 'url', 'state', 'waiting', 'dead'] as const;
  const lines = items.map((row) => [
    String(row.webhookId),
    row.name,
    row.url,
    stateOf(row),
    String(row.waiting),
    String(row.dead),
  ]);
  printColumns([words.map((word) => say(language, `webhook.${word}`)), ...lines], new Set([0, 4, 5]));
}

async function listDeliveries(client: ServerClient, id: string, language: Language): Promise<void> {
  const query = new URLSearchParams({ webhookId: id, limit: '50' });
  const { items } = await client.call<{ items: DeliveryRow[] }>('GET', `/deliveries?${query.toString()}`);
  if (!process.stdout.isTTY) {
    items.forEach((row) => printJson(row));
    return;
  }
  const words = ['id', 'event', 'state', 'attempts', 'answer', 'when'] as const;
  const lines = items.map((row) => {
    const last = row.attempts.at(-1);
    return [
      String(row.deliveryId),
      row.kind,
      row.status,
      String(row.attempts.length),
      last === undefined ? '' : (last.error ?? String(last.status ?? '')),
      row.createdAt,
    ];
  });
  printColumns([words.map((word) => say(language, `webhook.${word}`)), ...lines], new Set([0, 3]));
}

/** What came of a test; a test that failed ends the command with 1. */
export function printTest(result: TestResult, language: Language): void {
  if (!result.ok) process.exitCode = exitCodes.failed;
  if (!process.stdout.isTTY) {
    printJson(result);
    return;
  }
  printTable([
    [say(language, 'webhook.result'), say(language, result.ok ? 'webhook.ok' : 'webhook.failed')],
    [say(language, 'webhook.answer'), [result.status, result.error, result.answer].filter(Boolean).join(' ')],
    [say(language, 'webhook.took'), `${result.milliseconds} ms`],
  ]);
}

interface AddOptions extends ServerOptions {
  name: string;
  event: string[];
}

function registerAdd(webhook: Command, language: () => Language): void {
  const command = webhook
    .command('add')
    .description('tell an address of events; prints the secret once')
    .argument('<url>', 'https address that takes a POST')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(
      new Option('--event <event...>', 'what it is told of')
        .choices([...webhookEvents])
        .makeOptionMandatory(),
    );
  addServerOptions(command).action((url: string, options: AddOptions) =>
    withServer(options, language(), rights, async (client) => {
      const wish = { name: options.name, url, events: options.event };
      const made = await client.call<WebhookMade>('POST', '/webhooks', wish);
      if (!process.stdout.isTTY) {
        printJson(made);
        return;
      }
      note(say(language(), 'webhook.made'));
      printTable([
        [say(language(), 'webhook.id'), String(made.webhook.webhookId)],
        [say(language(), 'webhook.secret'), made.secret],
      ]);
    }),
  );
}

function registerOf(webhook: Command, language: () => Language): void {
  const one = (name: string, description: string) =>
    addServerOptions(webhook.command(name).description(description).argument('<id>', 'id of the webhook'));
  one('test', 'send a test and wait for the answer').action((id: string, options: ServerOptions) =>
    withServer(options, language(), rights, async (client) => {
      const path = `/webhooks/${encodeURIComponent(id)}/test`;
      printTest(await client.call<TestResult>('POST', path), language());
    }),
  );
  one('history', 'what was sent, with its attempts').action((id: string, options: ServerOptions) =>
    withServer(options, language(), rights, (client) => listDeliveries(client, id, language())),
  );
  one('remove', 'remove it with its history').action((id: string, options: ServerOptions) =>
    withServer(options, language(), rights, async (client) => {
      await client.call('DELETE', `/webhooks/${encodeURIComponent(id)}`);
    }),
  );
}

export function registerWebhook(program: Command, language: () => Language): void {
  const webhook = program.command('webhook').description('tell other programs of events');
  addServerOptions(webhook.command('list').description('webhooks that you keep')).action(
    (options: ServerOptions) =>
      withServer(options, language(), rights, (client) => listWebhooks(client, language())),
  );
  registerAdd(webhook, language);
  registerOf(webhook, language);
  addServerOptions(
    webhook
      .command('replay')
      .description('send once more what was given up')
      .argument('<delivery>', 'id of the delivery'),
  ).action((id: string, options: ServerOptions) =>
    withServer(options, language(), rights, async (client) => {
      printJson(await client.call<DeliveryRow>('POST', `/deliveries/${encodeURIComponent(id)}/replay`));
    }),
  );
}
