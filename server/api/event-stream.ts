import type { Request, Response } from 'express';
import { type Hidden, integrationTold } from './hidden.ts';
import type { LiveEvent, LiveHub } from './live.ts';

const HEARTBEAT_MS = 15_000;
/** A client that reads this much too slowly is let go; it comes back and resumes. */
const BACKLOG_BYTES = 1_000_000;

/**
 * Answers with server-sent events until the client leaves or `closing` is aborted. An opening comment and
 * heartbeats keep proxies from closing it and let the client notice a dead line.
 *
 * @param show turns an event into what the contract lets out.
 */
export function streamEvents(
  hub: LiveHub,
  organisationId: string,
  request: Request,
  response: Response,
  options: {
    closing: AbortSignal;
    show: (event: LiveEvent) => unknown;
    /** What the client may not hear of; absent: it may hear of all. */
    hiddenFrom?: () => Promise<Hidden>;
  },
): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write('retry: 2000\n: welcome\n\n');

  const write = (event: LiveEvent) => {
    response.write(`id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(options.show(event))}\n\n`);
    if (response.writableLength > BACKLOG_BYTES) response.destroy();
  };
  const send = options.hiddenFrom === undefined ? write : onlyOpen(write, options.hiddenFrom, response);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const end = () => response.end();
  const leave = hub.join(organisationId, request.get('last-event-id') ?? null, send);
  // A client that is cut off before its first event must be able to say where it was.
  response.write(`id: ${hub.place(organisationId)}\n\n`);
  options.closing.addEventListener('abort', end, { once: true });
  response.on('close', () => {
    clearInterval(heartbeat);
    options.closing.removeEventListener('abort', end);
    leave();
  });
  if (options.closing.aborted) end();
}

/** Tells in order what is not hidden. Whose an integration is never changes: it is looked up once. */
function onlyOpen(
  write: (event: LiveEvent) => void,
  hiddenFrom: () => Promise<Hidden>,
  response: Response,
): (event: LiveEvent) => void {
  const isOpen = new Map<string, boolean>();
  let told = Promise.resolve();
  async function tell(event: LiveEvent): Promise<void> {
    const integration = integrationTold(event);
    if (integration !== null && !isOpen.has(integration))
      isOpen.set(integration, !(await hiddenFrom()).has(integration));
    if (response.writable && (integration === null || isOpen.get(integration) === true)) write(event);
  }
  return (event) => {
    // A client that cannot be told is let go; it comes back and resumes.
    told = told.then(() => tell(event)).catch(() => void response.destroy());
  };
}
