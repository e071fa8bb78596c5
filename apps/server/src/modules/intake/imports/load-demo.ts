import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportCounts, ImportKind, ImportMapping } from '@kezi/contract';
import {
  customersCsv,
  generateCompany,
  ordersCsv,
  productsCsv,
  truthCsv,
  type Company,
  type CompanyOptions,
} from '@kezi/demo';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { makeDemoOrganisation } from './demo-organisation.js';
import { getImportKind } from './import-kind.js';
import { importBatch } from './imports.jobs.js';
import { inspect, openFile } from './inspect-file.js';

/** One file of the made-up company, and which of its columns is which field. */
interface DemoFile {
  kind: ImportKind;
  name: string;
  rows: (company: Company) => Iterable<string>;
  fields: Readonly<Record<string, string>>;
}

const files: readonly DemoFile[] = [
  {
    kind: 'customers',
    name: 'demo-customers.csv',
    rows: customersCsv,
    fields: {
      customerId: '客户编号',
      customerName: '客户名称',
      shortName: '简称',
      creditCode: '统一社会信用代码',
      parentId: '上级客户编号',
      industry: '行业',
      region: '地区',
      owner: '负责人账号',
      createdOn: '建档日期',
      'custom:结算币种': '结算币种',
      source: '客户来源',
      industryCode: '国民经济行业',
      countryCode: '国家代码',
      divisionCode: '行政区划',
      size: '企业规模',
      salesStage: '跟进阶段',
      tags: '标签',
      'custom:账期天数': '账期天数',
      'custom:采购方式': '采购方式',
      'custom:信用额度': '信用额度',
      'custom:资信复核日': '资信复核日',
    },
  },
  {
    kind: 'products',
    name: 'demo-products.csv',
    rows: productsCsv,
    fields: {
      productId: '产品编码',
      productName: '产品名称',
      category: '产品类别',
      unit: '单位',
      unitPrice: '标准售价',
      cost: '标准成本',
      currency: '币种',
    },
  },
  {
    kind: 'orders',
    name: 'demo-orders.csv',
    rows: ordersCsv,
    fields: {
      orderId: '订单号',
      orderDate: '订单日期',
      customerId: '客户编号',
      productId: '产品编码',
      quantity: '数量',
      unitPrice: '单价',
      amount: '金额',
      margin: '毛利',
      currency: '币种',
    },
  },
];

/** Keeps the file and makes the batch for it; after a crash the same bytes find the batch that is there. */
async function findOrMakeBatch(
  job: JobContext,
  platform: Platform,
  { kind, name, rows, fields }: DemoFile,
  company: Company,
): Promise<number> {
  const stored = await platform.files.save(
    Readable.from(rows(company)).map((piece: string) => Buffer.from(piece)),
    {
      maxBytes: Number.MAX_SAFE_INTEGER,
    },
  );
  const sniffed = await openFile(platform, stored.path, kind, {});
  const columns: ImportMapping['columns'] = {};
  for (const [field, header] of Object.entries(fields)) {
    const column = sniffed.columns.find((candidate) => candidate.name === header);
    if (column) columns[field] = column.index + 1;
  }
  const { inspection, mapping } = inspect(sniffed, getImportKind(kind), {
    columns,
    dateFormat: 'iso',
    numberStyle: '1,234.56',
  });
  return job.inScope(async (db) => {
    const found = await db
      .selectFrom('import_batch')
      .select('import_batch_id')
      .where('kind', '=', kind)
      .where('job_id', '=', job.jobId)
      .executeTakeFirst();
    if (found) return found.import_batch_id;
    const made = await db
      .insertInto('import_batch')
      .values({
        kind,
        status: 'importing',
        file_name: name,
        file_size: stored.sizeBytes,
        file_sha256: stored.sha256,
        reading: JSON.stringify(inspection),
        mapping: JSON.stringify(mapping),
        job_id: job.jobId,
        created_by: job.userId ?? 0,
        created_at: platform.clock.now(),
        started_at: platform.clock.now(),
      })
      .returning('import_batch_id')
      .executeTakeFirstOrThrow();
    return made.import_batch_id;
  });
}

/** A made-up company comes in by the way that every company comes in: three files, three imports. */
export async function loadDemo(
  job: JobContext,
  options: CompanyOptions,
  platform: Platform,
): Promise<Partial<Record<ImportKind, ImportCounts>>> {
  const company = generateCompany(options);
  await job.report({ stage: 'organisation', done: 0, total: null });
  await job.inScope((db) => makeDemoOrganisation(db, company));
  // What is really so of the customers, to hold the models against; it is not imported.
  await pipeline(
    Readable.from(truthCsv(company)),
    createWriteStream(join(platform.folders.data, 'demo-truth.csv')),
  );
  const counts: Partial<Record<ImportKind, ImportCounts>> = {};
  for (const file of files) {
    await job.report({ stage: file.kind, done: 0, total: null });
    const importBatchId = await findOrMakeBatch(job, platform, file, company);
    const report: JobContext['report'] = (progress) => job.report({ ...progress, stage: file.kind });
    counts[file.kind] = await importBatch({ ...job, report }, platform, importBatchId);
  }
  await job.asSystem((db) => emitEvent(db, 'demo.loaded', { userId: job.userId ?? 0 }));
  return counts;
}
