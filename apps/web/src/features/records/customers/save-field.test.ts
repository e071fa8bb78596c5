import type { CustomerDetail, CustomerPatch } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../lib/api-error.js';
import { freeField, ownField, saveField } from './save-field.js';
import type { CustomerField, FieldValue } from './save-field.js';

const changed = () => new ApiError({ status: 409, code: 'customers.changed' });

/** A server with one customer: it refuses a patch that was made from another version. */
function serverOf(stored: Partial<CustomerDetail>) {
  let now = { rowVersion: 1, custom: {}, ...stored } as CustomerDetail;
  const patches: CustomerPatch[] = [];
  return {
    patches,
    now: () => now,
    change: (part: Partial<CustomerDetail>) => {
      now = { ...now, ...part, rowVersion: now.rowVersion + 1 };
    },
    patch: (patch: CustomerPatch) => {
      patches.push(patch);
      if (patch.rowVersion !== now.rowVersion) return Promise.reject(changed());
      now = { ...now, ...patch, rowVersion: now.rowVersion + 1 } as CustomerDetail;
      return Promise.resolve(now);
    },
    reload: () => Promise.resolve(now),
  };
}

const save = (
  server: ReturnType<typeof serverOf>,
  read: CustomerDetail,
  field: CustomerField,
  value: FieldValue,
) => saveField({ customer: read, field, value, patch: server.patch, reload: server.reload });

describe('saving one field', () => {
  it('sends the field and the version it was read at', async () => {
    const server = serverOf({ name: '明远', region: '浙江' });
    const result = await save(server, server.now(), ownField('region'), '江苏');
    expect(server.patches).toEqual([{ region: '江苏', rowVersion: 1 }]);
    expect(result).toMatchObject({ kind: 'saved', customer: { region: '江苏', rowVersion: 2 } });
  });

  it('goes on top of what a colleague changed elsewhere', async () => {
    const server = serverOf({ name: '明远', region: '浙江' });
    const read = server.now();
    server.change({ name: '明远集团' });
    const result = await save(server, read, ownField('region'), '江苏');
    expect(result.kind).toBe('saved');
    expect(server.now()).toMatchObject({ name: '明远集团', region: '江苏' });
  });

  it('asks when a colleague changed the same field, and overwrites nothing', async () => {
    const server = serverOf({ region: '浙江' });
    const read = server.now();
    server.change({ region: '上海' });
    const result = await save(server, read, ownField('region'), '江苏');
    expect(result).toMatchObject({ kind: 'conflict', theirs: { region: '上海', rowVersion: 2 } });
    expect(server.now().region).toBe('上海');
  });

  it('is done when the colleague entered the same', async () => {
    const server = serverOf({ region: '浙江' });
    const read = server.now();
    server.change({ region: '江苏' });
    expect((await save(server, read, ownField('region'), '江苏')).kind).toBe('saved');
    expect(server.patches).toHaveLength(1);
  });

  it('keeps the free fields that a colleague has just added', async () => {
    const server = serverOf({ custom: { source: '展会' } });
    const read = server.now();
    server.change({ custom: { source: '展会', phone: '1390000' } });
    await save(server, read, freeField('source'), '转介绍');
    expect(server.now().custom).toEqual({ source: '转介绍', phone: '1390000' });
  });

  it('gives up when others change the customer without end', async () => {
    const server = serverOf({ region: '浙江', orders: 0 });
    const read = server.now();
    const restless = {
      ...server,
      reload: () => {
        const seen = server.now();
        server.change({ orders: (seen.orders ?? 0) + 1 });
        return Promise.resolve(seen);
      },
    };
    server.change({ orders: 1 });
    await expect(save(restless, read, ownField('region'), '江苏')).rejects.toMatchObject({
      code: 'customers.changed',
    });
    expect(server.patches).toHaveLength(3);
  });

  it('passes every other failure on', async () => {
    const server = serverOf({ customerNo: 'A1' });
    const refuse = () => Promise.reject(new ApiError({ status: 409, code: 'customers.number_conflict' }));
    const saving = saveField({
      customer: server.now(),
      field: ownField('customerNo'),
      value: 'A2',
      patch: refuse,
      reload: server.reload,
    });
    await expect(saving).rejects.toMatchObject({ code: 'customers.number_conflict' });
  });
});
