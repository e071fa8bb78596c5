import { EventEmitter, on } from 'node:events';
import { sendEventStream, type StreamMessage } from '../http/event-stream.js';
import type { KeziApp } from '../http/kezi-app.js';
import type { Platform } from '../platform.js';

/** What has happened that concerns this user: the type alone, so that the page reads again with the user's own rights. */
async function* watchEvents(
  platform: Platform,
  userId: number,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const heard = new EventEmitter();
  const forget = platform.notifications.on((notice) => {
    if (notice.type === 'event' && (notice.userId === null || notice.userId === userId)) {
      heard.emit('event', notice.event);
    }
  });
  try {
    for await (const [type] of on(heard, 'event', { signal })) {
      yield { event: 'happened', data: { type: type as string } };
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    forget();
  }
}

export function eventsRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/events',
    {
      config: { permission: 'events:read' },
      schema: { tags: ['events'], summary: 'What happens, as it happens (server-sent events)' },
    },
    (request, reply) =>
      sendEventStream(request, reply, platform.access, (signal) =>
        watchEvents(platform, request.principal.userId, signal),
      ),
  );
}
