import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { CrmField } from '../../connectors/zoho-crm/fields.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Fact } from '../../core/facts/facts.ts';
import { fitText } from '../../core/fit-text.ts';
import type { RunContext } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type AnsweredBy, type Module, nameOf } from './person-of-answer.ts';
import { OBJECTS, SAME_FIELDS } from './texts.ts';

export type Values = Readonly<Record<string, unknown>>;

/** A flow that makes people has these steps. */
type Making = Pick<RunContext<unknown, 'upsert' | 'create'>, 'client' | 'write' | 'event'>;

/**
 * Makes the record of somebody who is found nowhere, once, and tells of it: by the address, or, without one, by what else names them.
 *
 * @param fields those of the module: what the CRM demands, and how long it may be.
 * @param nameless what to say where nothing names them.
 */
export async function makePerson(
  { client, write, event }: Making,
  module: Module,
  person: AnsweredBy,
  given: Values,
  fields: readonly Pick<CrmField, 'apiName' | 'required' | 'length'>[],
  nameless: Sentence,
): Promise<{ readonly id: string; readonly did: 'created' | 'completed' }> {
  const crm = client(zohoCrm);
  const leadCreated = (id: string): Fact => ({
    type: 'lead.created',
    key: `zoho-crm ${id}`,
    data: {
      record: { application: 'zoho-crm', object: OBJECTS[module], id, name: nameOf(person) || null },
      source: { application: event.connector },
    },
  });
  const most = (apiName: string): number =>
    fields.find((field) => field.apiName === apiName)?.length ?? Number.MAX_SAFE_INTEGER;
  const name = standIn(person, most('Last_Name'));
  if (name === null) throw new LiaisonError('rejected', { sentence: nameless, field: 'Last_Name' });
  const isRequired = (apiName: string): boolean =>
    fields.some((field) => field.apiName === apiName && field.required);
  const values: Values = {
    ...given,
    Last_Name: given.Last_Name ?? name,
    // What the organisation demands of every lead: who answers for nobody is their own company.
    ...(isRequired('Company') && given.Company === undefined
      ? { Company: fitText(nameOf(person), most('Company')) }
      : {}),
  };
  if (values.Email !== undefined) {
    const made = await write('upsert', {
      send: () => crm.upsertOne(module, values, ['Email'], ['workflow']),
      tells: ({ id, action }, isInDoubt) => (action === 'insert' || isInDoubt ? leadCreated(id) : null),
    });
    return { id: made.id, did: made.action === 'insert' ? 'created' : 'completed' };
  }
  const made = await write('create', {
    async find() {
      const known = SAME_FIELDS.flatMap((field) =>
        typeof values[field] === 'string'
          ? [{ field, comparator: 'equals' as const, value: values[field] }]
          : [],
      );
      const [found] = await crm.search(module, known, ['Last_Name']);
      return found === undefined ? null : { id: found.id };
    },
    send: async () => ({ id: (await crm.createOne(module, values, ['workflow'])).id }),
    tells: ({ id }) => leadCreated(id),
  });
  return { id: made.id, did: 'created' };
}

/**
 * What a record is called by that needs a last name and has none, or one that is longer than its field: what else names
 * the person, the first that fits; where nothing does, the first of it, visibly shortened. Null: nothing names them.
 */
function standIn({ last, first, company, email, phone }: AnsweredBy, most: number): string | null {
  const names = [last, first, company, email?.split('@')[0], phone].flatMap((one) => (one ? [one] : []));
  const [longest] = names;
  if (longest === undefined) return null;
  return names.find((one) => one.length <= most) ?? fitText(longest, most);
}
