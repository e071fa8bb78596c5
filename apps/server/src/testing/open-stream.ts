import type { Assembled } from '../assemble-server.js';
import type { TestClient } from './test-users.js';

/**
 * Opens a stream of events and waits until it has said `first`: whatever happens from then on, the stream is there.
 * @param client somebody who is signed in, or the headers of a key
 * @returns all it says, once it ends; and a wait until it says something, or ends
 */
export async function openStream(
  app: Assembled['app'],
  client: Pick<TestClient, 'cookie'> | Readonly<Record<'authorization', string>>,
  path: string,
  first = 'retry:',
): Promise<{ whole: Promise<string>; says: (words: string) => Promise<unknown> }> {
  const answer = await app.inject({
    url: `/api/v1${path}`,
    headers: 'authorization' in client ? client : { cookie: await client.cookie() },
    payloadAsStream: true,
  });
  if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}.`);
  const stream = answer.stream();
  let text = '';
  const whole = new Promise<string>((done, fail) => {
    stream.once('end', () => done(text)).once('error', fail);
  });
  const says = (words: string) => {
    const said = new Promise<void>((done) => {
      const look = () => {
        if (text.includes(words)) done();
      };
      stream.on('data', look);
      look();
    });
    return Promise.race([said, whole]);
  };
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await says(first);
  return { whole, says };
}
