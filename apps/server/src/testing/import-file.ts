import type { ImportBatch, ImportKind, ImportPatch } from '@kezi/contract';
import type { TestServer } from './test-server.js';
import type { Answer, TestClient } from './test-users.js';

const boundary = '----kezi-test-boundary';

/** A file as a browser sends it. */
export function asUpload(name: string, content: string | Buffer) {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** Uploads bytes as a browser does. */
export function upload(
  client: TestClient,
  kind: ImportKind,
  content: string | Buffer,
  options: { name?: string; sha256?: string } = {},
): Promise<Answer<ImportBatch & { code?: string; detail?: string }>> {
  return client.request({
    method: 'POST',
    url: `/imports?kind=${kind}${options.sha256 ? `&sha256=${options.sha256}` : ''}`,
    ...asUpload(options.name ?? `${kind}.csv`, content),
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
