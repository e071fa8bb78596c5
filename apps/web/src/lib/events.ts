import type { EventType } from '@kezi/contract';
import { useEffect, useRef } from 'react';
import { url } from './api.js';

type Listener = (type: string) => void;

// One stream for the whole page, however many listen.
let source: EventSource | null = null;
const listeners = new Set<Listener>();
let afterBreak: () => void = () => undefined;

/**
 * Says what is done when the stream is there again after it broke. The server ends it when what the reader may see has
 * changed, and what happened meanwhile was not heard either way.
 */
export function onStreamBack(handler: () => void): void {
  afterBreak = handler;
}

function open(): EventSource {
  const made = new EventSource(url('/events'));
  let isFirst = true;
  made.addEventListener('open', () => {
    if (!isFirst) afterBreak();
    isFirst = false;
  });
  return made;
}

function hear(event: MessageEvent<string>) {
  const data: unknown = JSON.parse(event.data);
  const type = typeof data === 'object' && data !== null && 'type' in data ? String(data.type) : event.type;
  for (const listener of listeners) listener(type);
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  source ??= open();
  source.addEventListener('happened', hear); // adding the same listener again changes nothing
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = null;
  };
}

/** Calls back when one of these happened on the server: `useEvents(['score.published'], refetch)`. */
export function useEvents(types: readonly EventType[], handler: () => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const wanted = types.join(' ');
  useEffect(
    () =>
      listen((type) => {
        if (wanted.split(' ').includes(type)) latest.current();
      }),
    [wanted],
  );
}
