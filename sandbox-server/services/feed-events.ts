import { Follower } from '../feed/follower.ts';
import { readSince } from '../feed/read-since.ts';
import type { Service } from './service.ts';

/** How long a browser waits before it connects again; milliseconds. */
const retryMs = 1000;

/** A stream that has been silent for so long says something, lest somebody on the way takes it for dead. */
const keepAliveMs = 15_000;

/**
 * Server-sent events: an event a message, with its id, so that a browser that connects again names the last one that it
 * had (`Last-Event-ID`). Its first block sets the id too: who loses the connection before the first message loses none.
 */
export function createFeedEvents(): Service {
  return {
    door: 'anybody',
    answer({ request, response, lab, query, elapsedMs }) {
      const { feed } = lab;
      feed.attend('events');
      const lastEventId = request.headers['last-event-id'];
      const since =
        typeof lastEventId === 'string' && lastEventId !== ''
          ? readSince(lastEventId, feed.lastId, 'Last-Event-ID')
          : readSince(query.get('since'), feed.lastId);
      feed.demandRoom();

      response.setHeader('Content-Type', 'text/event-stream');
      response.setHeader('Cache-Control', 'no-store');
      response.writeHead(200);
      response.write(`retry: ${String(retryMs)}\nid: ${String(since)}\n\n`);
      const follower = new Follower(feed, 'events', since, {
        get bufferedBytes() {
          return response.writableLength;
        },
        send({ id, text }) {
          response.write(`id: ${String(id)}\ndata: ${text}\n\n`);
          keepAlive.refresh();
        },
        sendMissed(count) {
          response.write(`event: missed\ndata: {"missed":${String(count)}}\n\n`);
        },
        sendBegun() {
          response.write('id: 0\n\n');
        },
        end() {
          response.end();
        },
      });
      const keepAlive = setInterval(() => {
        // To one that does not read, silence is not the trouble.
        if (response.writableLength === 0) response.write(': still here\n\n');
      }, keepAliveMs);
      const leave = feed.join(follower);
      response.on('drain', () => {
        follower.heard();
      });
      response.once('close', () => {
        clearInterval(keepAlive);
        leave();
      });
      follower.heard();
      feed.workOf('events').workMs += elapsedMs();
    },
  };
}
