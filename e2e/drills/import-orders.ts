import type { ImportBatch } from '@kezi/contract';
import { until, type DrillCompany } from '../support/drill-company.js';

/** Uploads a file of orders and says which column is what. @returns the number of the batch */
export async function uploadOrders(company: DrillCompany, content: Blob): Promise<number> {
  const { api } = company;
  const uploaded = await api.upload<ImportBatch>('/imports?kind=orders', content, '订单 2024.csv');
  if (uploaded.status !== 201) throw new Error(`Upload: ${uploaded.status} ${JSON.stringify(uploaded.body)}`);
  const id = uploaded.body.importBatchId;
  const columns = { orderId: 1, customerId: 2, orderDate: 3, amount: 4 };
  const mapped = await api.patch(`/imports/${id}`, { mapping: { columns, currency: 'CNY' } });
  if (mapped.status !== 200) throw new Error(`Mapping: ${mapped.status} ${JSON.stringify(mapped.body)}`);
  return id;
}

export async function startImport(company: DrillCompany, id: number): Promise<void> {
  const started = await company.api.post(`/imports/${id}/start`);
  if (started.status !== 200) throw new Error(`Start: ${started.status} ${JSON.stringify(started.body)}`);
}

/** Waits until the batch has been imported. @throws Error when it ended otherwise */
export async function importEnded(
  company: DrillCompany,
  id: number,
  patienceMs = 120_000,
): Promise<ImportBatch> {
  return until(
    `import ${id}`,
    async () => {
      const { status, body } = await company.api.get<ImportBatch>(`/imports/${id}`);
      if (status !== 200) throw new Error(`Import ${id}: ${status} ${JSON.stringify(body)}`);
      if (body.status === 'imported') return body;
      if (body.status !== 'importing')
        throw new Error(`Import ${id} is ${body.status}: ${JSON.stringify(body.error)}`);
      return null;
    },
    patienceMs,
  );
}

export async function importOrders(company: DrillCompany, content: Blob): Promise<ImportBatch> {
  const id = await uploadOrders(company, content);
  await startImport(company, id);
  return importEnded(company, id);
}

/**
 * All that an import has left behind, as text without anything that a clock or a sequence gave, with the prefix of the
 * file taken out: the same file leaves the same text.
 */
export async function traceOfImport(company: DrillCompany, id: number, prefix: string): Promise<string> {
  const { status, body } = await company.api.get<ImportBatch>(`/imports/${id}`);
  if (status !== 200) throw new Error(`Import ${id}: ${status} ${JSON.stringify(body)}`);
  const orders = await company.query(
    `select o.order_no, c.customer_no, o.ordered_on, o.currency, o.amount_minor, o.base_amount_minor, o.line_count,
        (select string_agg(concat_ws(' ', l.line_no, l.quantity, l.amount_minor, l.base_amount_minor), ';' order by l.line_no)
          from order_line l where l.order_id = o.order_id) as lines
      from customer_order o join customer c using (customer_id)
      where o.import_batch_id = $1 order by o.order_key`,
    [id],
  );
  const customers = await company.query(
    `select customer_no, name, row_version,
        (select count(*) from customer_token t where t.customer_id = c.customer_id) as tokens
      from customer c where import_batch_id = $1 order by customer_no`,
    [id],
  );
  const errors = await company.query(
    `select line, column_name, code, params, cells from import_row_error
      where import_batch_id = $1 order by line, column_name`,
    [id],
  );
  return JSON.stringify({ counts: body.counts, orders, customers, errors }).replaceAll(`${prefix}-`, '');
}
