import type { NoticeKind } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';

interface Facts {
  /** Null where several are summed up, or the reader does not see the customer. */
  name: string | null;
  count: number;
}

type Sentence = (facts: Facts) => string;

interface Words {
  sentences: Readonly<Record<NoticeKind, Sentence>>;
  hello: (name: string) => string;
  /** Subject of a mail, title in a group. */
  title: (count: number, organisation: string) => string;
  more: (count: number) => string;
  open: string;
  digest: (day: string) => string;
  warnings: (count: number) => string;
  /** A customer of the digest, and what it was warned of. */
  customer: (name: string, why: readonly string[]) => string;
  tasks: (count: number, overdue: number) => string;
  moved: (count: number) => string;
  nothing: string;
  footer: (organisation: string) => string;
}

const some = (name: string | null, unnamed: string) => name ?? unnamed;

const zh: Words = {
  sentences: {
    'warning.raised': ({ name, count }) =>
      count > 1 ? `${count} 位客户有新预警` : `${some(name, '一位客户')}有新预警`,
    'warnings.ran': ({ count }) => `最近一次检查中，全公司 ${count} 位客户出现新预警`,
    'task.assigned': ({ name }) => (name === null ? '有一项任务交给了您' : `有一项任务交给了您：${name}`),
    'customer.received': ({ name, count }) =>
      count > 1 ? `${count} 位客户转到了您名下` : `${some(name, '一位客户')}转到了您名下`,
    'customer.recycling': ({ count }) => `${count} 位客户快要被回收到公海，请尽快跟进`,
    'tier.changed': ({ name, count }) =>
      count > 1 ? `您有 ${count} 位客户的等级变了` : `${some(name, '一位客户')}的等级变了`,
    'tier.decided': ({ name, count }) =>
      count > 1
        ? `您申请的 ${count} 项等级调整有了结果`
        : `您为${some(name, '一位客户')}申请的等级调整有了结果`,
    'dispute.changed': () => '与您有关的归属争议有了进展',
    'import.finished': () => '您导入的文件已处理完',
    'valuation.published': () => '新的估值已发布',
    'webhook.paused': () => '一个 Webhook 因长期失败已暂停',
  },
  hello: (name) => `${name}，您好：`,
  title: (count, organisation) => `${organisation}客资：${count} 条新通知`,
  more: (count) => `……另有 ${count} 条，请在页面里查看`,
  open: '打开 Kezi 客资',
  digest: (day) => `${day} 每日摘要`,
  warnings: (count) => `待处理的预警 ${count} 条`,
  customer: (name, why) => `· ${name}：${why.join('、')}`,
  tasks: (count, overdue) => `到期的任务 ${count} 项${overdue > 0 ? `，其中已过期 ${overdue} 项` : ''}`,
  moved: (count) => `过去一天的通知 ${count} 条`,
  nothing: '没有待办，也没有新动静。',
  footer: (organisation) => `${organisation}的 Kezi 客资自动发出。在“我的通知”里可以选择接收什么、何时接收。`,
};

const s = (count: number) => (count === 1 ? '' : 's');

const en: Words = {
  sentences: {
    'warning.raised': ({ name, count }) =>
      count > 1 ? `New warnings about ${count} customers` : `New warning about ${some(name, 'a customer')}`,
    'warnings.ran': ({ count }) =>
      `The last check found new warnings about ${count} customer${s(count)} of the company`,
    'task.assigned': ({ name }) =>
      name === null ? 'A task was given to you' : `A task was given to you: ${name}`,
    'customer.received': ({ name, count }) =>
      count > 1 ? `${count} customers are yours now` : `${some(name, 'A customer')} is yours now`,
    'customer.recycling': ({ count }) =>
      `${count} customer${s(count)} will soon go to the pool: get in touch first`,
    'tier.changed': ({ name, count }) =>
      count > 1
        ? `${count} customers of yours changed tier`
        : `${some(name, 'A customer of yours')} changed tier`,
    'tier.decided': ({ name, count }) =>
      count > 1
        ? `${count} tiers that you asked for were decided`
        : `The tier that you asked for ${some(name, 'a customer')} was decided`,
    'dispute.changed': () => 'There is news of a dispute that concerns you',
    'import.finished': () => 'The file that you imported has been worked through',
    'valuation.published': () => 'A new valuation has been published',
    'webhook.paused': () => 'A webhook was paused: nothing has come through for long',
  },
  hello: (name) => `Hello ${name},`,
  title: (count, organisation) => `Kezi of ${organisation}: ${count} new notice${s(count)}`,
  more: (count) => `... and ${count} more: see the page`,
  open: 'Open Kezi',
  digest: (day) => `Your day: ${day}`,
  warnings: (count) => `${count} open warning${s(count)}`,
  customer: (name, why) => `· ${name}: ${why.join(', ')}`,
  tasks: (count, overdue) =>
    `${count} task${s(count)} due by today${overdue > 0 ? `, ${overdue} of them late` : ''}`,
  moved: (count) => `${count} notice${s(count)} since yesterday`,
  nothing: 'Nothing is waiting, and nothing has moved.',
  footer: (organisation) =>
    `Kezi of ${organisation} sent this by itself. Choose what you are told, and when, under "My notices".`,
};

/** How notices are said outside of the page. */
export const noticeWords: Readonly<Record<Language, Words>> = { 'zh-CN': zh, 'en-US': en };
