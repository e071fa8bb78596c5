import { setTimeout as sleep } from 'node:timers/promises';

/** What stands in every answer that is an error. */
export interface Problem {
  code?: string;
  detail?: string;
}

export interface Answer<Body = Problem> {
  status: number;
  body: Body;
  headers: Headers;
  milliseconds: number;
}

export interface CallOptions {
  key?: string;
  /** How long the caller waits; a minute unless told otherwise. */
  patienceMs?: number;
}

const patienceMs = 60_000;

interface Payload {
  body?: string | FormData;
  type?: string;
}

/** The administrator of a drill's company, speaking to the public API as any program would. */
export interface ApiClient {
  get: <Body = Problem>(path: string, options?: CallOptions) => Promise<Answer<Body>>;
  post: <Body = Problem>(path: string, body?: unknown, options?: CallOptions) => Promise<Answer<Body>>;
  patch: <Body = Problem>(path: string, body: unknown, options?: CallOptions) => Promise<Answer<Body>>;
  upload: <Body = Problem>(
    path: string,
    content: Blob,
    name: string,
    options?: CallOptions,
  ) => Promise<Answer<Body>>;
  cookie: () => string;
}

interface Administrator {
  email: string;
  name: string;
  password: string;
  organisationName: string;
}

const ofDrills: Administrator = {
  email: 'drill@example.com',
  name: '演练员',
  password: 'seven-green-lamps-by-the-river',
  organisationName: '演练公司 Drill Ltd',
};

/**
 * A client of the server whose address `url` gives; it may move when the server starts anew. Calls that get no answer
 * throw: the caller cannot know whether they had an effect. A call that the server had no room for was not taken on: it
 * is made again, as any program would.
 */
export function makeApiClient(
  url: () => string,
  administrator = ofDrills,
): ApiClient & { signIn: () => Promise<void> } {
  let cookie = '';
  const send = async <Body>(
    method: string,
    path: string,
    payload: Payload,
    options: CallOptions,
  ): Promise<Answer<Body>> => {
    const began = performance.now();
    const response = await fetch(`${url()}/api/v1${path}`, {
      method,
      headers: {
        origin: url(),
        ...(cookie === '' ? {} : { cookie }),
        'accept-language': 'en-US',
        ...(payload.type === undefined ? {} : { 'content-type': payload.type }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      ...(payload.body === undefined ? {} : { body: payload.body }),
      signal: AbortSignal.timeout(options.patienceMs ?? patienceMs),
    });
    const set = response.headers.getSetCookie();
    if (set.length > 0) cookie = set.map((one) => one.split(';')[0]).join('; ');
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const milliseconds = performance.now() - began;
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : {}) as Body,
      headers: response.headers,
      milliseconds,
    };
  };
  const call = async <Body>(
    method: string,
    path: string,
    payload: Payload,
    options: CallOptions = {},
  ): Promise<Answer<Body>> => {
    const giveUp = performance.now() + (options.patienceMs ?? patienceMs);
    for (;;) {
      const answer = await send<Body>(method, path, payload, options);
      const isBusy = answer.status === 503 && (answer.body as Problem).code === 'app.server_busy';
      if (!isBusy || performance.now() > giveUp) return answer;
      if (!(Number(answer.headers.get('retry-after')) > 0))
        throw new Error('Busy, and not a word for how long.');
      await sleep(Math.random() * 1000);
    }
  };
  const json = (body: unknown) =>
    body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };
  return {
    cookie: () => cookie,
    get: (path, options) => call('GET', path, {}, options),
    post: (path, body, options) => call('POST', path, json(body), options),
    patch: (path, body, options) => call('PATCH', path, json(body), options),
    upload: (path, content, name, options) => {
      const form = new FormData();
      form.append('file', content, name);
      return call('POST', path, { body: form }, options);
    },
    async signIn() {
      const setup = await call<{ needed: boolean }>('GET', '/setup', {});
      const { email, password } = administrator;
      const answer = setup.body.needed
        ? await call('POST', '/setup', json(administrator))
        : await call('POST', '/auth/sign-in', json({ email, password }));
      if (answer.status !== 204) throw new Error(`Sign-in was refused: ${JSON.stringify(answer.body)}`);
    },
  };
}
