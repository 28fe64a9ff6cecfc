import type { VendorDesk } from '../core/simulator.ts';
import { shown } from './record.ts';
import { type Channel, channelsOf, isOpen } from './watch-rows.ts';
import type { Change } from './write.ts';

const EVENTS: Readonly<Record<Change['operation'], string>> = {
  insert: 'create',
  update: 'edit',
  delete: 'delete',
};

/**
 * Notifies the open channels of what one API call did: one notification per channel, module and
 * operation, with the ids of all records touched.
 * https://www.zoho.com/crm/developer/docs/api/v8/notifications/enable.html
 */
export function notify(desk: VendorDesk, changes: readonly Change[]): void {
  const now = desk.clock();
  for (const channel of channelsOf(desk).all()) {
    if (!isOpen(channel, now)) continue;
    const heard = changes.filter((change) => listens(channel, change));
    for (const group of Object.values(
      Object.groupBy(heard, ({ module, operation }) => `${module.apiName} ${operation}`),
    )) {
      if (group) send(desk, channel, group, now);
    }
  }
}

function listens(channel: Channel, { module, operation, fields }: Change): boolean {
  const events = [`${module.apiName}.all`, `${module.apiName}.${EVENTS[operation]}`];
  if (!channel.events.some((event) => events.includes(event))) return false;
  const conditions = channel.notification_condition.filter((one) => one.module.api_name === module.apiName);
  if (operation !== 'update' || conditions.length === 0) return true;
  return conditions.some(({ field_selection: { group, group_operator } }) => {
    const touched = group.map((one) => fields.includes(one.field?.api_name ?? one.api_name ?? ''));
    return group_operator.toLowerCase() === 'and' ? touched.every(Boolean) : touched.some(Boolean);
  });
}

function send(desk: VendorDesk, channel: Channel, changes: readonly Change[], now: Date): void {
  const [first] = changes;
  if (!first) return;
  const { module, operation } = first;
  const body = {
    server_time: now.getTime(),
    ...(channel.return_affected_field_values
      ? { affected_values: changes.map((change) => affectedValues(desk, change)) }
      : {}),
    query_params: {},
    module: module.apiName,
    resource_uri: `https://www.zohoapis.eu/crm/v8/${module.apiName}`,
    ids: changes.map(({ id }) => id),
    affected_fields: operation === 'update' ? changes.map(({ id, fields }) => ({ [id]: fields })) : [],
    operation,
    channel_id: channel.channel_id,
    token: channel.token,
  };
  desk.deliver({
    url: channel.notify_url,
    sign: { scheme: 'body-token', secret: channel.token ?? '' },
    contentType: 'application/json',
    body: JSON.stringify(body),
    topic: `${module.apiName}.${EVENTS[operation]}`,
  });
}

function affectedValues(desk: VendorDesk, { module, id, after, fields }: Change): object {
  const { id: _id, ...values } = after === null ? { id } : shown(desk, module, after, fields);
  return { record_id: id, values };
}
