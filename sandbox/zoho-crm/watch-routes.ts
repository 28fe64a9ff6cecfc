import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, elementsOf, route } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { type CrmError, crmError, missingParameter } from './failure.ts';
import { pageOf } from './paging.ts';
import { crmTime } from './time.ts';
import { type Channel, channelsOf, isOpen } from './watch-rows.ts';

const SCOPE = 'ZohoCRM.notifications';
const PATH = '/actions/watch';
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const MOST_TOKEN = 50;

/** Notification channels. https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html */
export function watchRoutes(router: Router, desk: VendorDesk): void {
  router.get(
    PATH,
    route(desk, [`${SCOPE}.READ`], ({ request }) => list(desk, request.query)),
  );
  router.post(
    PATH,
    route(desk, [`${SCOPE}.CREATE`], (call) => many(call, 201, (wish, path) => put(call, wish, path, false))),
  );
  router.put(
    PATH,
    route(desk, [`${SCOPE}.UPDATE`], (call) => many(call, 200, (wish, path) => put(call, wish, path, true))),
  );
  router.patch(
    PATH,
    route(desk, [`${SCOPE}.UPDATE`], (call) => many(call, 200, (wish, path) => patch(call, wish, path))),
  );
  router.delete(
    PATH,
    route(desk, [`${SCOPE}.DELETE`], ({ request }) => {
      const { channel_ids: ids } = request.query;
      if (typeof ids !== 'string' || ids === '') throw missingParameter('channel_ids');
      const outcomes = ids.split(',').map((id, index) => drop(desk, id, `$.channel_ids[${index}]`));
      return answer(outcomes, 200);
    }),
  );
}

type Wish = Readonly<Record<string, unknown>>;
type Outcome = object | CrmError;

function list(desk: VendorDesk, query: Readonly<Record<string, unknown>>) {
  const now = desk.clock();
  const open = channelsOf(desk)
    .all()
    .filter(
      (channel) =>
        isOpen(channel, now) && (query.channel_id === undefined || channel.channel_id === query.channel_id),
    );
  const rows = open.flatMap((channel) => modulesOf(channel).map((module) => ({ channel, module })));
  const page = pageOf(
    rows.filter(({ module }) => query.module === undefined || query.module === module),
    query,
  );
  if (page.items.length === 0) return { status: 204 };
  const watch = page.items.map(({ channel, module }) => ({
    ...channel,
    events: channel.events.filter((event) => event.startsWith(`${module}.`)),
    ...resource(desk, module),
  }));
  const info = { per_page: page.perPage, count: watch.length, page: page.page, more_records: page.more };
  return { status: 200, body: { watch, info } };
}

function many(call: Call, success: number, each: (wish: Wish, path: string) => Outcome) {
  const wishes = elementsOf(bodyOf(call.request).json, 'watch');
  return answer(
    wishes.map((wish, index) => each(wish, `$.watch[${index}]`)),
    success,
  );
}

function answer(outcomes: readonly Outcome[], success: number) {
  const failed = outcomes.filter((outcome) => (outcome as { status?: unknown }).status === 'error').length;
  const status = failed === 0 ? success : failed === outcomes.length ? 400 : 207;
  return { status, body: { watch: outcomes } };
}

function put(call: Call, wish: Wish, path: string, replace: boolean): Outcome {
  const { desk } = call;
  for (const name of ['channel_id', 'events', 'notify_url']) {
    if (wish[name] === undefined || wish[name] === '')
      return wrong('MANDATORY_NOT_FOUND', 'required field not found', path, name);
  }
  const id = String(wish.channel_id);
  if (replace && !channelsOf(desk).get(id))
    return wrong('NOT_SUBSCRIBED', 'The channel is not subscribed', path, 'channel_id');
  return save(desk, { ...wish, channel_id: id }, path);
}

/** Changes what is given; `_delete_events` takes the events away instead of setting them. */
function patch(call: Call, wish: Wish, path: string): Outcome {
  const { desk } = call;
  const held = channelsOf(desk).get(String(wish.channel_id ?? ''));
  if (!held) return wrong('NOT_SUBSCRIBED', 'The channel is not subscribed', path, 'channel_id');
  const { _delete_events: takeAway, ...given } = wish;
  const named = Array.isArray(given.events) ? given.events.map(String) : null;
  const events =
    named === null
      ? held.events
      : takeAway === true
        ? held.events.filter((event) => !named.includes(event))
        : named;
  if (events.length === 0) return drop(desk, held.channel_id, path);
  return save(desk, { ...held, ...given, events, channel_id: held.channel_id }, path);
}

function save(desk: VendorDesk, wish: Wish, path: string): Outcome {
  const { events, token = null, notification_condition: conditions } = wish;
  const url = String(wish.notify_url);
  if (!Array.isArray(events) || events.length === 0)
    return wrong('INVALID_DATA', 'invalid data', path, 'events', { expected_data_type: 'jsonarray' });
  const bad = events.findIndex((event) => !isEvent(desk, String(event)));
  if (bad >= 0) return wrong('INVALID_DATA', 'invalid data', path, `events[${bad}]`);
  if (!/^https?:\/\/\S+$/.test(url)) return wrong('INVALID_DATA', 'invalid data', path, 'notify_url');
  if (!/^\d+$/.test(String(wish.channel_id)))
    return wrong('INVALID_DATA', 'invalid data', path, 'channel_id', { expected_data_type: 'bigint' });
  if (token !== null && String(token).length > MOST_TOKEN)
    return wrong('INVALID_DATA', 'invalid data', path, 'token', { maximum_length: MOST_TOKEN });
  const channel: Channel = {
    channel_id: String(wish.channel_id),
    events: events.map(String),
    notify_url: url,
    token: token === null ? null : String(token),
    channel_expiry: expiry(desk, wish.channel_expiry),
    return_affected_field_values: wish.return_affected_field_values === true,
    notify_on_related_action: wish.notify_on_related_action !== false,
    notification_condition: Array.isArray(conditions) ? conditions : [],
  };
  channelsOf(desk).put(channel.channel_id, channel);
  const { channel_expiry, channel_id } = channel;
  const details = modulesOf(channel).map((module) => ({
    channel_expiry,
    ...resource(desk, module),
    channel_id,
  }));
  return {
    code: 'SUCCESS',
    details: { events: details },
    message: 'Successfully subscribed for actions-watch of the given module',
    status: 'success',
  };
}

function drop(desk: VendorDesk, id: string, path: string): Outcome {
  const held = channelsOf(desk).get(id);
  if (!held) return wrong('NOT_SUBSCRIBED', 'The channel is not subscribed', path, 'channel_id');
  channelsOf(desk).delete(id);
  const [module = ''] = modulesOf(held);
  const { resource_uri, resource_id } = resource(desk, module);
  return {
    code: 'SUCCESS',
    details: { resource_uri, resource_id, channel_id: id },
    message: 'Successfully un-subscribed from actions-watch of the given module',
    status: 'success',
  };
}

/** A week at most; a moment that is missing, past or further away makes it an hour. */
function expiry(desk: VendorDesk, wished: unknown): string {
  const now = desk.clock().getTime();
  const at = Date.parse(String(wished));
  return crmTime(new Date(at > now && at <= now + WEEK_MS ? at : now + HOUR_MS));
}

function isEvent(desk: VendorDesk, event: string): boolean {
  const [module = '', kind = ''] = event.split('.');
  return catalogueOf(desk).module(module) !== undefined && ['create', 'edit', 'delete', 'all'].includes(kind);
}

const modulesOf = (channel: Channel): string[] => [
  ...new Set(channel.events.map((event) => event.split('.')[0] ?? '')),
];

function resource(desk: VendorDesk, module: string) {
  return {
    resource_uri: `https://www.zohoapis.eu/crm/v8/${module}`,
    resource_id: catalogueOf(desk).moduleId(module),
    resource_name: module,
  };
}

function wrong(code: string, message: string, path: string, name: string, more: object = {}): CrmError {
  return crmError(code, message, {
    api_name: name.replace(/\[.*/, ''),
    json_path: `${path}.${name}`,
    ...more,
  });
}
