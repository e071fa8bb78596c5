import type { Assembled } from '../assemble-server.js';
import type { TestClient } from './test-users.js';

/**
 * Opens a stream of events and waits until it has said `first`: whatever happens from then on, the stream is there.
 * @returns all it says, once it ends
 */
export async function openStream(
  app: Assembled['app'],
  client: TestClient,
  path: string,
  first = 'retry:',
): Promise<{ whole: Promise<string> }> {
  const answer = await app.inject({
    url: `/api/v1${path}`,
    headers: { cookie: await client.cookie(), origin: 'http://localhost:80' },
    payloadAsStream: true,
  });
  if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}.`);
  const stream = answer.stream();
  let text = '';
  const whole = new Promise<string>((done, fail) => {
    stream.once('end', () => done(text)).once('error', fail);
  });
  const opened = new Promise<void>((done) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(first)) done();
    });
  });
  await Promise.race([opened, whole]);
  return { whole };
}
