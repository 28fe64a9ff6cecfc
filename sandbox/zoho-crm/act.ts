import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { editRecord } from './acts.ts';
import { convertLead } from './convert.ts';
import { userRef } from './people.ts';
import { recordsOf } from './record.ts';
import { actOnUser } from './user-standing.ts';

const wishes = z.discriminatedUnion('act', [
  /** Somebody makes a lead a contact. */
  z.strictObject({ act: z.literal('convert'), lead: z.string(), user: z.string().default('claire') }),
  z.strictObject({
    act: z.literal('edit'),
    module: z.string(),
    id: z.string(),
    values: z.record(z.string(), z.unknown()),
    user: z.string().default('claire'),
  }),
]);

/**
 * What people do in the CRM: `convert` a lead, `edit` a record; and what administrators do with users.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const wanted = wishes.safeParse(wish).data;
  if (wanted === undefined) return actOnUser(desk, wish);
  if (wanted.act === 'edit')
    return { record: editRecord(desk, wanted.module, wanted.id, wanted.values, wanted.user) };
  const lead = recordsOf(desk, 'Leads').get(wanted.lead);
  if (lead === undefined) throw new Error(`The CRM has no lead ${wanted.lead}.`);
  return convertLead(desk, lead, userRef(wanted.user));
}
