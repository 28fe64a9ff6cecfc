import { createHash } from 'node:crypto';
import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { findCalendar } from './find.ts';
import { type Answer, type Call, EVENTS_READ, type Operation, path } from './operation.ts';
import { CalendarRefusal, invalid, required } from './refusal.ts';
import { type ChannelRow, calendarTables } from './rows.ts';

/** Unless the caller asks for less: `params.ttl` is 604,800 seconds by itself. */
const LASTS_MS = 7 * 24 * 3_600_000;
const MOST_MS = 30 * 24 * 3_600_000;

export const channelOperations: readonly Operation[] = [
  { method: 'POST', path: path('/calendars/{calendarId}/events/watch'), scopes: EVENTS_READ, run: watch },
  { method: 'POST', path: path('/channels/stop'), scopes: EVENTS_READ, run: stop },
];

function watch({ desk, calendarId, body }: Call): Answer {
  const calendar = findCalendar(desk, calendarId);
  const { id, type, address, token, expiration, params } = body;
  if (typeof id !== 'string' || id === '') throw required('Required');
  if (id.length > 64) throw invalid('Channel id must not be longer than 64 characters.');
  if (type !== 'web_hook' && type !== 'webhook') throw invalid('Unknown channel type.');
  if (typeof address !== 'string' || !URL.canParse(address)) throw required('Required');
  if (!address.startsWith('https:') && !isLocalAddress(address)) throw notHttps(address);
  const now = desk.clock().getTime();
  const { channels } = calendarTables(desk);
  const held = channels.get(id);
  if (held && held.expiration > now) throw idTaken(id);
  const ttl = Number((params as { ttl?: unknown } | undefined)?.ttl ?? Number.NaN);
  const lasts = Number.isFinite(ttl) && ttl > 0 ? ttl * 1000 : LASTS_MS;
  const asked = Number(expiration ?? Number.NaN);
  const row: ChannelRow = {
    id,
    calendarId: calendar.id,
    resourceId: resourceIdOf(calendar.id),
    address,
    token: typeof token === 'string' ? token : null,
    expiration: Math.min(Number.isFinite(asked) && asked > now ? asked : now + lasts, now + MOST_MS),
    lastMessage: 1,
  };
  channels.put(id, row);
  deliver(desk, row, 'sync');
  return {
    body: {
      kind: 'api#channel',
      id,
      resourceId: row.resourceId,
      resourceUri: resourceUriOf(row),
      ...(row.token === null ? {} : { token: row.token }),
      expiration: String(row.expiration),
    },
  };
}

function stop({ desk, body }: Call): Answer {
  const { id, resourceId } = body;
  const held = typeof id === 'string' ? calendarTables(desk).channels.get(id) : undefined;
  if (!held || held.resourceId !== resourceId) {
    throw new CalendarRefusal(404, `Channel '${String(id)}' not found for project`, {
      domain: 'global',
      reason: 'notFound',
    });
  }
  calendarTables(desk).channels.delete(held.id);
  return { status: 204 };
}

/** Tells every channel of a calendar that something in it changed; what, it has to ask. */
export function notifyChannels(desk: VendorDesk, calendarId: string): void {
  const { channels } = calendarTables(desk);
  const now = desk.clock().getTime();
  for (const held of channels.all()) {
    if (held.calendarId !== calendarId) continue;
    if (held.expiration <= now) channels.delete(held.id);
    else deliver(desk, channels.put(held.id, { ...held, lastMessage: held.lastMessage + 1 }), 'exists');
  }
}

export function heldChannels(desk: VendorDesk): HeldSubscription[] {
  const now = desk.clock().getTime();
  return calendarTables(desk)
    .channels.all()
    .filter(({ expiration }) => expiration > now)
    .map(({ id, address, token }) => ({
      id,
      vendor: desk.vendor,
      url: address,
      scheme: 'secret-header',
      carrier: 'X-Goog-Channel-Token',
      secret: token ?? '',
      topics: ['events'],
      contentType: 'application/json',
    }));
}

function deliver(desk: VendorDesk, channel: ChannelRow, state: 'sync' | 'exists'): void {
  const { token } = channel;
  desk.deliver({
    url: channel.address,
    sign:
      token === null
        ? { scheme: 'none', secret: '' }
        : { scheme: 'secret-header', secret: token, carrier: 'X-Goog-Channel-Token' },
    contentType: 'application/json; utf-8',
    body: '',
    topic: `events.${state}`,
    headers: {
      'X-Goog-Channel-ID': channel.id,
      'X-Goog-Channel-Expiration': new Date(channel.expiration).toUTCString(),
      'X-Goog-Resource-ID': channel.resourceId,
      'X-Goog-Resource-URI': resourceUriOf(channel),
      'X-Goog-Resource-State': state,
      'X-Goog-Message-Number': String(channel.lastMessage),
    },
  });
}

/** Opaque, and the same for the same calendar. */
const resourceIdOf = (calendarId: string): string =>
  createHash('sha256').update(calendarId).digest('base64url').slice(0, 27);

const resourceUriOf = ({ calendarId }: ChannelRow): string =>
  `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events?alt=json`;

const notHttps = (address: string): CalendarRefusal =>
  new CalendarRefusal(400, `WebHook callback must be HTTPS: ${address}`, {
    domain: 'global',
    reason: 'push.webhookUrlNotHttps',
  });

const idTaken = (id: string): CalendarRefusal =>
  new CalendarRefusal(400, `Channel id ${id} not unique`, {
    domain: 'global',
    reason: 'channelIdNotUnique',
  });
