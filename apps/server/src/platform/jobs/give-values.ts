import { parentPort } from 'node:worker_threads';
import { messageOf, type StreamMessage, type StreamRequest } from './stream-message.js';

/** Values that lie ready while one is worked on: enough that nobody waits, few enough that memory stays flat. */
const ahead = 2;

/** One task at work: how many values are still asked for, and whether any are. */
class Work {
  private readonly stopped = new AbortController();
  private wants = ahead;
  private wake = (): void => undefined;

  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  more(): void {
    this.wants += 1;
    this.wake();
  }

  stop(): void {
    this.stopped.abort();
    this.wake();
  }

  /** @throws when nobody wants any more */
  async wanted(): Promise<void> {
    while (this.wants === 0 && !this.signal.aborted) await new Promise<void>((done) => (this.wake = done));
    this.signal.throwIfAborted();
    this.wants -= 1;
  }
}

/** The side of the thread in `streamThread`: gives the values of one task after another, as many ahead as may lie ready. */
export function giveValues<Task>(open: (task: Task, signal: AbortSignal) => AsyncIterable<unknown>): void {
  const port = parentPort;
  if (port === null) throw new Error('Values are given on a thread.');
  const say = (message: StreamMessage): void => port.postMessage(message, []);
  const give = async (task: Task, work: Work): Promise<void> => {
    try {
      for await (const value of open(task, work.signal)) {
        await work.wanted();
        say({ kind: 'value', value });
      }
      say({ kind: 'end' });
    } catch (error) {
      say(messageOf(error));
    }
  };
  let work: Work | null = null;
  port.on('message', (request: StreamRequest) => {
    if (request === 'more') return work?.more();
    if (request === 'stop') return work?.stop();
    work = new Work();
    void give(request.task as Task, work);
  });
}
