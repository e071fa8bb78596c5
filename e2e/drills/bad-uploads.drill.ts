import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportBatch } from '@kezi/contract';
import type { Problem } from '../support/api-client.js';
import { openDrillCompany, until, type DrillCompany } from '../support/drill-company.js';
import { makeZipBomb } from '../support/zip-bomb.js';
import { makeOrderFile } from './order-file.js';

const megabyte = 2 ** 20;
/** How much more than at rest the server may hold, whatever is sent to it. */
const allowedMb = 512;
/** What a bad upload may add to the slowest answers, besides what the machine makes everybody wait. */
const allowedPulseMs = 200;

function memoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

interface Pulse {
  /** The slowest answers, how late the watcher itself was meanwhile, and the most memory. */
  stop: () => Promise<{ p99Ms: number; ownMs: number; mostMb: number }>;
}

/** Asks /healthz all the time, as something that watches the server would, and looks at its memory. */
function takePulse(company: DrillCompany): Pulse {
  const { url, process: child } = company.program();
  const times: number[] = [];
  let mostMb = 0;
  const state = { stopping: false };
  const beat = async () => {
    while (!state.stopping) {
      const began = performance.now();
      const { status } = await fetch(`${url}/healthz`);
      if (status !== 200) throw new Error(`/healthz: ${status}`);
      times.push(performance.now() - began);
      mostMb = Math.max(mostMb, memoryMb(child.pid ?? 0));
      await sleep(10);
    }
  };
  const own = monitorEventLoopDelay({ resolution: 10 });
  own.enable();
  const beating = beat();
  beating.catch(() => undefined);
  return {
    async stop() {
      state.stopping = true;
      await beating;
      own.disable();
      times.sort((a, b) => a - b);
      const p99Ms = times[Math.floor(times.length * 0.99)] ?? 0;
      return { p99Ms, ownMs: own.percentile(99) / 1e6, mostMb };
    },
  };
}

/** Sends the beginning of an upload and breaks off. */
function breakOff(company: DrillCompany): Promise<void> {
  const target = new URL(`${company.program().url}/api/v1/imports?kind=orders`);
  return new Promise((done) => {
    const sending = request(target, {
      method: 'POST',
      headers: {
        cookie: company.api.cookie(),
        origin: target.origin,
        'content-type': 'multipart/form-data; boundary=drill',
        'content-length': 50 * megabyte,
      },
    });
    sending.on('error', () => done());
    sending.write(
      '--drill\r\ncontent-disposition: form-data; name="file"; filename="half.csv"\r\n\r\norder_no,customer_no,date,amount\r\n',
    );
    sending.write(Buffer.alloc(5 * megabyte, 'a,b,2024-01-01,1\n'), () => {
      setTimeout(() => sending.destroy(), 200);
    });
  });
}

describe('bad uploads', () => {
  let company: DrillCompany;
  let idleMb = 0;
  beforeAll(async () => {
    company = await openDrillCompany();
    await company.api.get('/customers');
    await sleep(500);
    const pulse = takePulse(company);
    await sleep(500);
    idleMb = (await pulse.stop()).mostMb;
  });
  afterAll(() => company?.end());

  const good = () => makeOrderFile({ seed: 1, prefix: 'B', lines: 2000, customers: 50, badEvery: 0 }).content;
  const cases: { name: string; file: string; make: () => Promise<Blob>; codes: string[] }[] = [
    {
      name: 'a field of 200 MB',
      file: 'field.csv',
      make: () => {
        const piece = new Blob([Buffer.alloc(10 * megabyte, 'x')]);
        const all = Array.from({ length: 20 }, () => piece);
        return Promise.resolve(
          new Blob(['order_no,customer_no,date,amount\n1,"', ...all, '",2024-01-01,1\n']),
        );
      },
      codes: ['tabular.cell_too_large', 'tabular.line_too_large'],
    },
    {
      name: 'a workbook that unpacks to 400 MB',
      file: 'bomb.xlsx',
      make: async () => new Blob([new Uint8Array(await makeZipBomb(400))]),
      codes: ['tabular.workbook_bomb', 'tabular.workbook_too_large'],
    },
    {
      name: 'a broken gzip file',
      file: 'orders.csv.gz',
      make: async () => {
        const packed = gzipSync(Buffer.from(await good().arrayBuffer()));
        packed.fill(0xff, 40, 200);
        return new Blob([new Uint8Array(packed)]);
      },
      codes: ['tabular.gzip_broken'],
    },
    {
      name: 'an empty file',
      file: 'empty.csv',
      make: () => Promise.resolve(new Blob([])),
      codes: ['tabular.empty_file'],
    },
    {
      name: 'bytes that are no table',
      file: 'photo.csv',
      make: () =>
        Promise.resolve(new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])])),
      codes: ['tabular.binary_file', 'tabular.unsupported_format'],
    },
  ];

  it.each(cases)('$name: a clear code, bounded memory, and everybody else is answered', async (bad) => {
    const content = await bad.make();
    const before = await leftovers();
    const pulse = takePulse(company);
    const began = performance.now();
    const code = await refusalOf(content, bad.file);
    const seconds = (performance.now() - began) / 1000;
    const { p99Ms, ownMs, mostMb } = await pulse.stop();
    process.stdout.write(
      `drill: ${bad.name}: ${code} in ${seconds.toFixed(1)} s, ${Math.round(mostMb - idleMb)} MB above idle, /healthz p99 ${Math.round(p99Ms)} ms (who asks was ${Math.round(ownMs)} ms late)\n`,
    );
    expect(bad.codes).toContain(code);
    expect(mostMb - idleMb).toBeLessThan(allowedMb);
    expect(p99Ms).toBeLessThan(allowedPulseMs + 3 * ownMs);
    // A file whose beginning is sound is kept as a batch that its owner can look at; nothing else may stay.
    const batch = (await company.api.get<{ items: { fileSha256: string }[] }>('/imports')).body.items;
    const kept = batch.map(({ fileSha256 }) => `${fileSha256.slice(0, 2)}/${fileSha256}`);
    expect((await leftovers()).filter((name) => !kept.includes(name))).toEqual(
      before.filter((name) => !kept.includes(name)),
    );
  });

  it('an upload that breaks off in the middle leaves nothing, and the next one is taken', async () => {
    const batches = async () => (await company.api.get<{ items: unknown[] }>('/imports')).body.items.length;
    const before = await leftovers();
    const known = await batches();
    await breakOff(company);
    await until(
      'what came of the upload is removed',
      async () => (await leftovers()).join() === before.join(),
    );
    expect(await batches()).toBe(known);
    const next = await company.api.upload('/imports?kind=orders', good(), 'good.csv');
    expect(next.status).toBe(201);
  });

  /** The code with which a file is refused: at the upload where its beginning shows it, else by the check of all rows. */
  async function refusalOf(content: Blob, name: string): Promise<string> {
    const { api } = company;
    const uploaded = await api.upload<ImportBatch & Problem>('/imports?kind=orders', content, name);
    if (uploaded.status !== 201) return uploaded.body.code ?? `status ${uploaded.status}`;
    const id = uploaded.body.importBatchId;
    const columns = { orderId: 1, customerId: 2, orderDate: 3, amount: 4 };
    const mapped = await api.patch(`/imports/${id}`, { mapping: { columns, currency: 'CNY' } });
    if (mapped.status !== 200) return mapped.body.code ?? `status ${mapped.status}`;
    const started = await api.post(`/imports/${id}/check`);
    if (started.status !== 200) return started.body.code ?? `status ${started.status}`;
    const ended = await until('the check has ended', async () => {
      const { status, body } = await api.get<ImportBatch>(`/imports/${id}`);
      expect(status).toBe(200);
      return body.status === 'checking' ? null : body;
    });
    return ended.error?.code ?? Object.keys(ended.counts?.reasons ?? {})[0] ?? 'nothing was wrong';
  }

  /** What refused uploads left in the data folder. */
  async function leftovers(): Promise<string[]> {
    const temp = await readdir(join(company.folder, 'temp'));
    const files = await readdir(join(company.folder, 'files'), { recursive: true });
    return [...temp, ...files.filter((name) => name.length > 60)];
  }
});
