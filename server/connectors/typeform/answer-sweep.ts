import { z } from 'zod';
import type { ChangedSince } from '../../core/beginning.ts';
import { type FoundEvent, type SweepResult, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import { storedCursor } from '../../kit/stored-cursor.ts';
import type { ListedResponse, TypeformClient } from './client.ts';
import { VENDOR } from './failures.ts';
import type { TypeformForm } from './shapes.ts';
import { keyOf, topicOf } from './webhooks.ts';

/**
 * The newest answers stand in no list for about half an hour, so that so much is read again each time.
 * https://www.typeform.com/developers/responses/
 */
const LATE_MS = 45 * 60_000;
const PAGE = 1_000;

const cursorSchema = z.object({
  form: z.string(),
  /** Epoch milliseconds: answers of this moment and later are read. */
  from: z.number(),
});

/** An answer of the list, as a delivery would have told it. */
export const asDelivery = ({ id, title, fields, hidden }: TypeformForm, response: ListedResponse) => ({
  event_type: 'form_response',
  form_response: {
    ...response,
    form_id: id,
    definition: { id, title, hidden, fields: fields.map(asDefined) },
  },
});

const asDefined = ({ within, ...field }: TypeformForm['fields'][number]): object => ({
  ...field,
  properties: { fields: within.map(asDefined) },
});

/** Answers that no webhook brought. Another form than before begins anew, when the integration was turned on. */
export async function sweepAnswers(client: TypeformClient, since: ChangedSince): Promise<SweepResult> {
  const form = since.about ?? '';
  if (form === '') return { events: [], cursor: since.cursor };
  const known = storedCursor(cursorSchema, since.cursor as never, VENDOR);
  const from = known?.form === form ? known.from : null;
  const begun = from ?? (await startOf(client, form, since.onForMs));
  const events: FoundEvent[] = [];
  let before: string | undefined;
  let at: number | null = null;
  let described: TypeformForm | null = null;
  for (;;) {
    const read = await client.responses(form, {
      since: new Date(begun).toISOString().slice(0, 19),
      ...(before === undefined ? {} : { before }),
      most: PAGE,
    });
    at ??= read.at;
    if (at === null) throw failure('retry-later', VENDOR, 'An answer came without a date.');
    if (read.items.length > 0) described ??= await client.form(form);
    for (const response of read.items) {
      const { token, submitted_at: sent } = response;
      if (token === '' || described === null) continue;
      events.push({
        key: keyOf(form, token),
        topic: topicOf(form),
        recordId: token,
        body: asDelivery(described, response),
        ageMs: Math.max(0, at - Date.parse(sent)),
      });
    }
    before = read.items.at(-1)?.token;
    if (read.items.length < PAGE || before === undefined || before === '') break;
  }
  const found = events
    .filter(({ ageMs }) => ageMs >= since.graceMs)
    .sort((one, other) => other.ageMs - one.ageMs);
  return { events: found, cursor: { form, from: Math.max(begun, at - LATE_MS) } };
}

async function startOf(client: TypeformClient, form: string, onForMs: number): Promise<number> {
  const { at } = await client.responses(form, { most: 1 });
  if (at === null) throw failure('retry-later', VENDOR, 'An answer came without a date.');
  return turnedOnAt(at, onForMs);
}
