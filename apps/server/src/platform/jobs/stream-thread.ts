import type { Worker } from 'node:worker_threads';
import { newThread } from './run-thread.js';
import { errorOf, type StreamMessage, type StreamRequest } from './stream-message.js';

/** A thread that was told to stop does so at its next piece of work; after so long it is ended. */
const patienceMs = 5000;

/** A thread without work waits for more: to start one takes longer than most tasks. */
const restMs = 60_000;

/**
 * What a thread makes for a value is garbage once the value is given. With room for some values it dies where it was born;
 * with the usual 16 MB most of it is moved twice before, a quarter of the time of reading a file of orders.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 192 };

interface Resting {
  thread: Worker;
  end: NodeJS.Timeout;
}

/** By file. It does not keep the program from ending. */
const resting = new Map<string, Resting>();

function takeThread(beside: string, name: string): Worker {
  const rested = resting.get(name);
  if (rested !== undefined) {
    resting.delete(name);
    clearTimeout(rested.end);
    rested.thread.ref();
    return rested.thread;
  }
  const thread = newThread(beside, name, null, resourceLimits);
  thread.on('exit', () => {
    if (resting.get(name)?.thread === thread) resting.delete(name);
  });
  // What goes wrong in a task is told by its stream; one that breaks while it rests is simply gone.
  thread.on('error', () => undefined);
  return thread;
}

function putToRest(name: string, thread: Worker): void {
  const end = setTimeout(() => void thread.terminate(), restMs);
  end.unref();
  thread.unref();
  if (resting.has(name)) void thread.terminate();
  else resting.set(name, { thread, end });
}

/** What a thread says in the course of one task, one message after another. */
class Conversation {
  private readonly arrived: StreamMessage[] = [];
  private wake = (): void => undefined;
  private isDead = false;

  constructor(readonly thread: Worker) {
    thread.on('message', this.take);
    thread.on('error', this.broke);
    thread.on('exit', this.ended);
  }

  say(request: StreamRequest): void {
    this.thread.postMessage(request, []);
  }

  /** @throws the signal's reason */
  async next(signal?: AbortSignal): Promise<StreamMessage> {
    const aborted = () => this.wake();
    signal?.addEventListener('abort', aborted, { once: true });
    try {
      for (;;) {
        signal?.throwIfAborted();
        const message = this.arrived.shift();
        if (message !== undefined) return message;
        await new Promise<void>((done) => (this.wake = done));
      }
    } finally {
      signal?.removeEventListener('abort', aborted);
    }
  }

  /** Waits for the last word of the task. @returns whether the thread is there for another one */
  async end(isOver: boolean): Promise<boolean> {
    if (!isOver) {
      this.say('stop');
      const late = setTimeout(() => void this.thread.terminate(), patienceMs);
      while ((await this.next()).kind === 'value');
      clearTimeout(late);
    }
    this.thread.off('message', this.take);
    this.thread.off('error', this.broke);
    this.thread.off('exit', this.ended);
    return !this.isDead;
  }

  private readonly take = (message: StreamMessage): void => {
    this.arrived.push(message);
    this.wake();
  };
  private readonly broke = (error: Error): void => {
    this.isDead = true;
    this.take({ kind: 'error', message: error.message, stack: error.stack });
  };
  private readonly ended = (code: number): void => {
    this.isDead = true;
    this.take({ kind: 'error', message: `The thread ended with code ${code}.` });
  };
}

/**
 * Gives a task to a thread of its own and hands on what it gives, value by value; the thread works ahead of who takes them,
 * by a few (`giveValues`). It stops with the loop over its values, however that ends, or when the signal is aborted.
 * @param beside URL of the module in whose folder the thread's file stands
 * @param name the thread's file without its ending
 */
export async function* streamThread<Value>(
  beside: string,
  name: string,
  task: unknown,
  signal: AbortSignal,
): AsyncGenerator<Value> {
  signal.throwIfAborted();
  const conversation = new Conversation(takeThread(beside, name));
  conversation.say({ task });
  let isOver = false;
  try {
    for (;;) {
      const message = await conversation.next(signal);
      isOver = message.kind !== 'value';
      if (message.kind === 'error') throw errorOf(message);
      if (message.kind === 'end') return;
      yield message.value as Value;
      conversation.say('more');
    }
  } finally {
    if (await conversation.end(isOver)) putToRest(name, conversation.thread);
  }
}
