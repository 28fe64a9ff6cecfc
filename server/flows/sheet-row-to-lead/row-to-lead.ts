import { z } from 'zod';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { Outcome, RunContext } from '../../core/flow.ts';
import type { Settings } from './flow.ts';

type Context = RunContext<Settings, 'update' | 'upsert' | 'create'>;
type Values = Readonly<Record<string, string>>;

const bodySchema = z.object({ row: z.number(), values: z.record(z.string(), z.string()) });

const done = (name: string, en: string, fr: string): Outcome => ({
  state: 'done',
  summary: { en: `${name}: ${en}`, fr: `${name} : ${fr}` },
});

/** The lead of a row that was seen before; it may be gone from the CRM since, on purpose. */
async function correct(
  { client, write }: Context,
  lead: string,
  values: Values,
  name: string,
): Promise<Outcome> {
  try {
    await write('update', {
      send: () => client(zohoCrm).updateOne('Leads', { id: lead, ...values }, ['workflow']),
    });
    return done(name, 'the lead was corrected.', 'le prospect a été corrigé.');
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    if (error.kind !== 'gone') throw thrown;
    return {
      state: 'skipped',
      summary: {
        en: `${name}: the lead was deleted or converted in the CRM, and stays so.`,
        fr: `${name} : le prospect a été supprimé ou converti dans le CRM, et le reste.`,
      },
    };
  }
}

async function createWithoutEmail({ client, write }: Context, values: Values): Promise<string> {
  const crm = client(zohoCrm);
  const known = (['Last_Name', 'First_Name', 'Company', 'Phone'] as const).flatMap((field) =>
    values[field] === undefined ? [] : [{ field, comparator: 'equals' as const, value: values[field] }],
  );
  const lead = await write('create', {
    async find() {
      const [found] = await crm.search('Leads', known, ['Last_Name']);
      return found === undefined ? null : { id: found.id };
    },
    send: async () => ({ id: (await crm.createOne('Leads', values, ['workflow'])).id }),
  });
  return lead.id;
}

/** A row becomes a lead once; later edits of the row go to the same lead, whatever was edited. */
export async function rowToLead(context: Context): Promise<Outcome> {
  const { event, client, write, linked, link, label } = context;
  const { row, values } = bodySchema.parse(event.body);
  const rowId = event.recordId ?? '';
  const name = [values.First_Name, values.Last_Name].filter(Boolean).join(' ') || `#${row}`;
  label(name);

  const lead = await linked(rowId);
  if (lead !== null) return correct(context, lead, values, name);

  if (values.Email === undefined) {
    await link(rowId, await createWithoutEmail(context, values));
    return done(name, 'a lead was created.', 'un prospect a été créé.');
  }
  const made = await write('upsert', {
    send: () => client(zohoCrm).upsertOne('Leads', values, ['Email'], ['workflow']),
  });
  await link(rowId, made.id);
  return made.action === 'insert'
    ? done(name, 'a lead was created.', 'un prospect a été créé.')
    : done(name, 'the lead with this e-mail was updated.', 'le prospect qui a cet e-mail a été mis à jour.');
}
