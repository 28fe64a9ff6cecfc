import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { isSamePerson } from '../../core/order/same-person.ts';
import { type AnsweredBy, MADE, type Module } from './person-of-answer.ts';
import type { Settings } from './settings.ts';

const FIELDS = ['First_Name', 'Last_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Created_Time'];
const FIGURES = 8;

export interface FoundPerson {
  readonly module: Module;
  readonly id: string;
  /** Whether what the record is called can be the one who answered. */
  readonly sameName: boolean;
  /** The whole record, as it is now. */
  readonly record: CrmRecord;
}

const LOOKED: Readonly<Record<Settings['look'], readonly Module[]>> = {
  both: ['Contacts', 'Leads'],
  contacts: ['Contacts'],
  leads: ['Leads'],
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const called = ({ First_Name, Last_Name }: CrmRecord): string =>
  `${text(First_Name)} ${text(Last_Name)}`.trim();
/** Numbers are written in many ways: so many last figures tell one. Null: there are too few to tell any. */
export function figuresOf(phone: unknown): string | null {
  const figures = text(phone).replace(/\D/g, '').slice(-FIGURES);
  return figures.length < FIGURES ? null : figures;
}

/**
 * Whose record it is: the one of the address, the oldest of those whose name can be theirs; else any of the address; else
 * the contact that a lead with the address became.
 */
export async function findPerson(
  crm: ZohoCrmClient,
  person: AnsweredBy,
  { look, make }: Pick<Settings, 'look' | 'make'>,
  remembered: { readonly module: Module; readonly id: string } | null,
): Promise<FoundPerson | null> {
  const name = `${person.first} ${person.last}`.trim();
  const isLike = (record: CrmRecord): boolean => name === '' || isSamePerson(called(record), name);
  const contactNow = async (id: string): Promise<FoundPerson | null> => {
    const record = await crm.record('Contacts', id);
    return record === null ? null : { module: 'Contacts', id, sameName: isLike(record), record };
  };
  if (remembered !== null) {
    // What was made a moment ago stands in no search yet.
    const record = await crm.record(remembered.module, remembered.id);
    if (record !== null) return { ...remembered, sameName: isLike(record), record };
    if (remembered.module === 'Leads') {
      const contact = await crm.contactOfLead(remembered.id);
      const became = contact === null ? null : await contactNow(contact);
      if (became !== null) return became;
    }
  }
  // Where one would be made, too: whoever stands there already is not written over as if new.
  const modules = new Set([...LOOKED[look], ...(make === 'nothing' ? [] : [MADE[make]])]);
  for (const module of modules) {
    const found = await candidates(crm, module, person);
    const [best] = found.sort(
      (one, other) =>
        Number(isLike(other)) - Number(isLike(one)) ||
        text(one.Created_Time).localeCompare(text(other.Created_Time)),
    );
    // A number is shared more than an address: without a name that fits it says nothing.
    if (best === undefined || (person.email === null && (name === '' || !isLike(best)))) continue;
    const record = await crm.record(module, best.id);
    if (record !== null) return { module, id: best.id, sameName: isLike(best), record };
  }
  // Whose lead was converted is the contact that it became, whatever address that one has by now.
  if (person.email !== null)
    for (const contact of await crm.contactsOfConverted(person.email)) {
      const became = await contactNow(contact);
      if (became !== null) return became;
    }
  return null;
}

async function candidates(crm: ZohoCrmClient, module: Module, person: AnsweredBy): Promise<CrmRecord[]> {
  const { email, phone } = person;
  if (email !== null) {
    const found = await crm.searchByEmail(module, email, FIELDS);
    const own = ({ Email, Secondary_Email }: CrmRecord) => [Email, Secondary_Email];
    return found.filter((one) => own(one).some((address) => foldText(text(address)) === foldText(email)));
  }
  const wanted = figuresOf(phone);
  if (phone === null || wanted === null) return [];
  const found = await crm.searchByPhone(module, phone, FIELDS);
  return found.filter(({ Phone, Mobile }) => [Phone, Mobile].some((one) => figuresOf(one) === wanted));
}
