import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { coqlText, MOST_IN } from '../../connectors/zoho-crm/coql.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { amountText, amountWithCurrency, isCurrency } from '../../core/amount-text.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { addressIn } from '../../core/cells/read-text.ts';
import type { KnownVisitor } from '../../core/chat/visitor-lines.ts';
import type { Organisation } from '../../core/flow.ts';

export type Module = 'Contacts' | 'Leads';

interface PersonRecord {
  readonly module: Module;
  readonly record: CrmRecord;
}

/** What is read of a person. */
export const PERSON_FIELDS = [
  'Full_Name',
  'First_Name',
  'Last_Name',
  'Email',
  'Secondary_Email',
  'Owner',
  'Company',
  'Account_Name',
  'Lead_Status',
  'Modified_Time',
] as const;
const DEAL_FIELDS = ['Deal_Name', 'Stage', 'Amount', 'Currency'] as const;
/** No line has room for more. */
const MOST_DEALS = 20;

export interface VisitorWish {
  readonly deals: 'amounts' | 'names' | 'none';
  readonly organisation: Organisation;
  /** Somebody's record, of which no search may know yet as it now is. */
  readonly changed?: { readonly module: Module; readonly id: string };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
const named = (value: unknown): string | null =>
  textOf((value as { name?: unknown } | null | undefined)?.name);
/** The addresses that a record has. */
export const addressesOf = ({ Email, Secondary_Email }: CrmRecord): string[] =>
  [Email, Secondary_Email].flatMap((one) => addressIn(textOf(one) ?? '') ?? []);
const isOf = (email: string, record: CrmRecord): boolean =>
  addressesOf(record).some((one) => foldText(one) === foldText(email));

/** Whom the CRM knows by an address: the contact before the lead, the one that changed last before others; null: nobody. */
export async function knownVisitor(
  crm: ZohoCrmClient,
  email: string,
  { deals, organisation, changed }: VisitorWish,
): Promise<KnownVisitor | null> {
  const found: PersonRecord[] = [];
  for (const module of ['Contacts', 'Leads'] as const) {
    const isChanged = ({ id }: CrmRecord): boolean => changed?.module === module && changed.id === id;
    const others = (await crm.searchByEmail(module, email, PERSON_FIELDS)).filter((one) => !isChanged(one));
    const own = changed?.module === module ? await crm.record(module, changed.id, PERSON_FIELDS) : null;
    // An index that lags may still know an address that a record had before.
    const ofAddress = [...(own === null ? [] : [own]), ...others].filter((record) => isOf(email, record));
    const newest = ofAddress.sort((one, other) => changedAt(other) - changedAt(one));
    found.push(...newest.map((record) => ({ module, record })));
  }
  if (found.length === 0) {
    // Whose lead was converted is the contact that it became, whatever address that one has by now.
    const became = await crm.records('Contacts', await crm.contactsOfConverted(email), PERSON_FIELDS);
    found.push(...became.map((record) => ({ module: 'Contacts' as const, record })));
  }
  const [first] = found;
  if (first === undefined) return null;
  const { module, record } = first;
  const contacts = found.filter((one) => one.module === 'Contacts').map((one) => one.record.id);
  return {
    as: module === 'Contacts' ? 'contact' : 'lead',
    name:
      textOf(record.Full_Name) ??
      ([textOf(record.First_Name), textOf(record.Last_Name)].filter(Boolean).join(' ') || email),
    company: textOf(record.Company) ?? named(record.Account_Name),
    owner: named(record.Owner),
    status: module === 'Leads' ? textOf(record.Lead_Status) : null,
    page: crm.recordAddress(module, record.id),
    others: found.length - 1,
    deals: deals === 'none' ? [] : await dealsOf(crm, contacts, deals === 'amounts', organisation),
  };
}

const changedAt = ({ Modified_Time: at }: CrmRecord): number => Date.parse(textOf(at) ?? '') || 0;

async function dealsOf(
  crm: ZohoCrmClient,
  contacts: readonly string[],
  withAmounts: boolean,
  organisation: Organisation,
): Promise<string[]> {
  if (contacts.length === 0) return [];
  const ids = contacts.slice(0, MOST_IN).map(coqlText).join(', ');
  const { rows } = await crm.query(
    `select id, Modified_Time from Deals where Contact_Name in (${ids}) order by Modified_Time desc limit ${MOST_DEALS}`,
  );
  if (rows.length === 0) return [];
  const order = rows.map(({ id }) => id);
  const deals = await crm.records('Deals', order, DEAL_FIELDS);
  return deals
    .sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
    .map((deal) => dealText(deal, withAmounts, organisation));
}

function dealText(deal: CrmRecord, withAmounts: boolean, { locale, currency }: Organisation): string {
  const { Deal_Name: name, Stage: stage, Amount: amount, Currency: own } = deal;
  const isKnown = withAmounts && typeof amount === 'number' && Number.isFinite(amount);
  const of = textOf(own) ?? currency;
  const money = !isKnown
    ? null
    : isCurrency(of)
      ? amountWithCurrency(amount, of, locale)
      : amountText(amount, null, locale);
  return [textOf(name) ?? deal.id, textOf(stage), money].filter((one) => one !== null).join(' · ');
}
