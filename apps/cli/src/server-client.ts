import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Job, Problem } from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';

const boundary = 'kezi-command-line-7d1f0c';
/** Often enough that a bar moves, seldom enough that the server does not notice. */
const pollMs = 250;

export interface ServerClient {
  call: <Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<Answer>;
  upload: <Answer>(
    path: string,
    file: string,
    onBytes: (sent: number, total: number) => void,
  ) => Promise<Answer>;
  /** Writes what a GET answers into a file. */
  download: (path: string, write: (body: ReadableStream<Uint8Array>) => Promise<void>) => Promise<void>;
  /** Waits for a job; `onProgress` hears of every step. */
  waitFor: (jobId: number, onProgress: (job: Job) => void) => Promise<Job>;
}

function refusal(body: string, status: number): CodedError {
  const problem = JSON.parse(body.startsWith('{') ? body : '{}') as Partial<Problem>;
  const detail =
    problem.detail === undefined ? `HTTP ${status}` : `${problem.detail} [${problem.code ?? ''}]`;
  if (problem.code === 'app.unauthenticated') return new CodedError('cli.key_missing');
  // Whoever types options knows nothing of where in a request they stand.
  const fieldOf = (path: string) => path.replace(/^(?:body|querystring|params)\./, '');
  const parts = (problem.errors ?? []).map(({ path, message }) => `\n  ${fieldOf(path)}: ${message}`);
  return new CodedError('cli.server_refused', { detail: detail + parts.join('') });
}

/** Nobody answers there, or somebody else than Kezi. */
function unreachable(url: URL, cause: unknown): CodedError {
  const { code, message } = ((cause as Error).cause ?? cause) as NodeJS.ErrnoException;
  return new CodedError('cli.server_unreachable', { url: url.origin, reason: code ?? message }, { cause });
}

/** What Kezi says is JSON, or nothing. */
function answered<Answer>(url: URL, body: string): Answer {
  try {
    return (body === '' ? undefined : JSON.parse(body)) as Answer;
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** Streams a file as a form; a file that changes meanwhile is given up, so that the server keeps nothing of it. */
async function sendFile(
  url: URL,
  headers: Record<string, string>,
  file: string,
  onBytes: (sent: number, total: number) => void,
): Promise<{ status: number; body: string }> {
  const before = statSync(file);
  if (before.isDirectory()) throw new CodedError('cli.file_refused', { file, reason: 'EISDIR' });
  accessSync(file, constants.R_OK);
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${basename(file).replaceAll('"', '%22')}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const form = async function* () {
    yield Buffer.from(head);
    let sent = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 }) as AsyncIterable<Buffer>) {
      sent += chunk.length;
      onBytes(sent, before.size);
      yield chunk;
    }
    const after = statSync(file);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || sent !== before.size) {
      throw new CodedError('cli.file_changed', { file });
    }
    yield Buffer.from(tail);
  };
  const send = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const answered = once(send, 'response').then(async ([response]: IncomingMessage[]) => ({
    status: response?.statusCode ?? 0,
    body: response ? await text(response) : '',
  }));
  const [sending, answer] = await Promise.allSettled([pipeline(form, send), answered]);
  if (sending.status === 'rejected' && sending.reason instanceof CodedError) throw sending.reason;
  if (answer.status === 'rejected') throw unreachable(url, answer.reason);
  return answer.value;
}

/**
 * JSON has no word for what is no number and says null, which stands for 'none' in many places: `--to abc` would take a
 * customer's owner away.
 * @throws CodedError cli.not_a_number
 */
function withNumbers(field: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new CodedError('cli.not_a_number', { field });
  return value;
}

/**
 * Speaks to a server as the owner of a key.
 * @throws CodedError cli.server_address
 */
export function serverClient(url: string, key: string, language: Language): ServerClient {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new CodedError('cli.server_address', { url });
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language };
  const at = (path: string) => new URL(`/api/v1${path}`, url);
  const ask = (to: URL, request: RequestInit) =>
    fetch(to, request).catch((error: unknown) => {
      throw unreachable(to, error);
    });
  const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await ask(at(path), {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body, withNumbers) } : {}),
    });
    const said = await answer.text();
    if (!answer.ok) throw refusal(said, answer.status);
    return answered<Answer>(at(path), said);
  };
  return {
    call,
    async upload<Answer>(path: string, file: string, onBytes: (sent: number, total: number) => void) {
      const { status, body } = await sendFile(at(path), headers, file, onBytes);
      if (status >= 300) throw refusal(body, status);
      return answered<Answer>(at(path), body);
    },
    async download(path, write) {
      const answer = await ask(at(path), { headers });
      if (!answer.ok || !answer.body) throw refusal(await answer.text(), answer.status);
      await write(answer.body);
    },
    async waitFor(jobId, onProgress) {
      for (;;) {
        const job = await call<Job>('GET', `/jobs/${jobId}`);
        onProgress(job);
        if (job.status === 'failed') {
          throw new CodedError('cli.server_refused', {
            detail: `${job.error?.detail ?? ''} [${job.error?.code ?? ''}]`,
          });
        }
        if (job.status === 'done' || job.status === 'cancelled') return job;
        await new Promise((done) => setTimeout(done, pollMs));
      }
    },
  };
}
