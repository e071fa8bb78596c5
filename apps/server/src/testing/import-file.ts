import type { ImportBatch, ImportKind, ImportPatch } from '@kezi/contract';
import type { TestServer } from './test-server.js';
import type { Answer, TestClient } from './test-users.js';

const boundary = '----kezi-test-boundary';

/** Uploads bytes as a browser does. */
export function upload(
  client: TestClient,
  kind: ImportKind,
  content: string | Buffer,
  options: { name?: string; sha256?: string } = {},
): Promise<Answer<ImportBatch & { code?: string; detail?: string }>> {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${options.name ?? `${kind}.csv`}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return client.request({
    method: 'POST',
    url: `/imports?kind=${kind}${options.sha256 ? `&sha256=${options.sha256}` : ''}`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  });
}

/** Uploads, maps, imports, and waits for the end. */
export async function importFile(
  server: TestServer,
  client: TestClient,
  kind: ImportKind,
  content: string | Buffer,
  patch?: ImportPatch,
): Promise<ImportBatch> {
  const uploaded = await upload(client, kind, content);
  if (uploaded.status !== 201) throw new Error(`The upload was refused: ${uploaded.raw.body}`);
  const id = uploaded.body.importBatchId;
  if (patch) {
    const patched = await client.patch(`/imports/${id}`, patch);
    if (patched.status !== 200) throw new Error(`The mapping was refused: ${patched.raw.body}`);
  }
  const started = await client.post(`/imports/${id}/start`);
  if (started.status !== 200) throw new Error(`The import was refused: ${started.raw.body}`);
  await server.runJobs();
  return (await client.get<ImportBatch>(`/imports/${id}`)).body;
}
