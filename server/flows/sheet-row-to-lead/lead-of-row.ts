import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Fact } from '../../core/facts/facts.ts';
import type { RunContext } from '../../core/flow.ts';
import { contactOfRow } from './contact-of-row.ts';
import type { LeadValues } from './read-values.ts';
import { KEY, NAMES, sameName } from './row-identity.ts';
import type { Settings } from './settings.ts';

export type Step = 'fields' | 'look' | 'contact' | 'update' | 'upsert' | 'create';
export type Context = RunContext<Settings, Step>;

const FIELDS = [...NAMES, KEY];

/** The key under which a lead is remembered by its address. */
export const addressKey = (address: string): string => `address ${foldText(address)}`;

const textOf = (record: CrmRecord | LeadValues, field: string): string => {
  const value = (record as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : '';
};

const namesOf = (record: CrmRecord | LeadValues): Record<string, string> =>
  Object.fromEntries(NAMES.map((field) => [field, textOf(record, field)]));

export const fullName = (record: CrmRecord | LeadValues): string =>
  [textOf(record, 'First_Name'), textOf(record, 'Last_Name')].filter(Boolean).join(' ');

/**
 * The lead that has an address: the one that this flow made or met for it, which the CRM's index may not show
 * yet, or what the CRM finds; the one of the same name where it has several.
 */
async function leadWithAddress(
  crm: ZohoCrmClient,
  remembered: string | null,
  values: LeadValues,
): Promise<CrmRecord | null> {
  const address = textOf(values, KEY);
  const has = (record: CrmRecord | null): record is CrmRecord =>
    record !== null && foldText(textOf(record, KEY)) === foldText(address);
  const own = remembered === null ? null : await crm.record('Leads', remembered, FIELDS);
  if (has(own)) return own;
  const found = (await crm.searchByEmail('Leads', address, FIELDS)).filter(has);
  return found.find((record) => sameName(namesOf(record), namesOf(values))) ?? found[0] ?? null;
}

/**
 * Makes the lead of a row with an address, or writes the row into the lead that the person has already. A lead
 * of somebody else with the same address is left alone; so is whoever is a contact already.
 *
 * @throws LiaisonError that names both people, where the address is another one's.
 */
export async function leadOfAddress(
  context: Context,
  values: LeadValues,
  line: number,
  created: (id: string) => Fact,
): Promise<{ id: string; isNew: boolean } | 'contact'> {
  const { client, exclusively, linked, link, read, write } = context;
  const crm = client(zohoCrm);
  const key = addressKey(textOf(values, KEY));
  // Two rows with one address must not both find that nobody has it.
  return exclusively(key, async () => {
    const remembered = await linked(key);
    const found = await read('look', () => leadWithAddress(crm, remembered, values));
    if (found === null) {
      if ((await contactOfRow(context, values)) !== null) return 'contact';
      const made = await write('upsert', {
        send: () => crm.upsertOne('Leads', values, [KEY], ['workflow']),
        tells: ({ id, action }, isInDoubt) => (action === 'insert' || isInDoubt ? created(id) : null),
      });
      await link(key, made.id);
      return { id: made.id, isNew: made.action === 'insert' };
    }
    if (!sameName(namesOf(found), namesOf(values))) throw anothersAddress(found, values, line);
    await link(key, found.id);
    await write('update', {
      send: () => crm.updateOne('Leads', { ...values, id: found.id }, ['workflow']),
    });
    return { id: found.id, isNew: false };
  });
}

function anothersAddress(found: CrmRecord, values: LeadValues, line: number): LiaisonError {
  const [other, own, address] = [fullName(found), fullName(values), textOf(values, KEY)];
  return new LiaisonError('rejected', {
    field: KEY,
    sentence: {
      en: `Row ${line} (${own}) has the address ${address}, which the lead ${other} has already; nothing was overwritten. If these are two people, give one of them another address in the sheet; if it is one person, correct the name in the sheet or in the CRM and retry.`,
      fr: `La ligne ${line} (${own}) a l’adresse ${address}, que le prospect ${other} a déjà\u00a0; rien n’a été écrasé. S’il s’agit de deux personnes, donnez à l’une d’elles une autre adresse dans le tableur\u00a0; s’il s’agit d’une seule, corrigez le nom dans le tableur ou dans le CRM, puis relancez.`,
    },
  });
}
