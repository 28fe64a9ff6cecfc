import { hash } from 'node:crypto';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { type BoundChats, chatsOf } from '../../core/chat/offer.ts';
import { visitorLines } from '../../core/chat/visitor-lines.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nameOf, subjectOf } from '../announce/subject.ts';
import { addressesOf, knownVisitor, type Module, PERSON_FIELDS } from './known-visitor.ts';
import { moduleOf, type ToldModule } from './occasion.ts';
import { said } from './sentences.ts';
import type { Context } from './steps.ts';

const FIELDS: Readonly<Record<ToldModule, readonly string[]>> = {
  Leads: PERSON_FIELDS,
  Contacts: PERSON_FIELDS,
  Deals: ['Deal_Name', 'Contact_Name'],
};

/** The names under which the flow remembers what it told. */
const keys = {
  /** Of which addresses was told because of a record: parted by spaces. */
  addresses: (module: ToldModule, id: string): string => `addresses ${module} ${id}`,
  /** A digest of what operators were told of an address. */
  lines: (portal: string, email: string): string => `lines ${portal} ${hash('sha256', foldText(email))}`,
};

/** Whose record changed. */
interface Person {
  readonly module: Module;
  readonly id: string;
  readonly emails: readonly string[];
}

/** A record that changed: operators see of its person what the CRM now knows; of an address that it had before, too. */
export async function tellOfRecord(context: Context): Promise<Outcome> {
  const { event, settings, client, read, linked, link, label, role } = context;
  if (settings.portal === '') throw new LiaisonError('rejected', { sentence: said.notChosen });
  const id = event.recordId ?? '';
  const module = moduleOf(event.topic);
  const crm = client(zohoCrm);
  // With what is remembered: a run that is taken up again is not to take for known what it remembered itself.
  const seen = await read('record', async () => ({
    record: await crm.record(module, id, FIELDS[module]),
    before: (await linked(keys.addresses(module, id)))?.split(' ').filter(Boolean) ?? [],
  }));
  const { record, before } = seen;
  if (record === null && before.length === 0) return skipped(said.gone);
  label(record === null ? (before[0] ?? id) : nameOf(subjectOf(module), record, id));
  const person = record === null ? deleted(module, id) : await personOf(context, module, record);
  const emails = person?.emails ?? [];
  const addresses = new Map([...before, ...emails].map((one) => [foldText(one), one] as const));
  if (addresses.size === 0) return skipped(module === 'Deals' ? said.noContact : said.noAddress);
  const chats = chatsOf(role('target'));
  const outcomes: Outcome[] = [];
  for (const [folded, address] of addresses) {
    const own = context.forItem(hash('sha256', folded).slice(0, 16)) as Context;
    // A lead and a deal of one person may change at once: whoever tells last is to know both.
    const tell = () => tellOf(own, chats, address, person);
    outcomes.push(await context.exclusively(`visitor ${settings.portal} ${folded}`, tell));
  }
  await link(keys.addresses(module, id), emails.join(' '));
  return outcomes.findLast(({ state }) => state === 'done') ?? outcomes.at(-1) ?? skipped(said.same);
}

async function personOf(
  { read, client }: Context,
  module: ToldModule,
  record: CrmRecord,
): Promise<Person | null> {
  if (module !== 'Deals') return asPerson(module, record);
  const { id } = (record.Contact_Name ?? {}) as { readonly id?: unknown };
  if (typeof id !== 'string') return null;
  const contact = await read('person', () => client(zohoCrm).record('Contacts', id, PERSON_FIELDS));
  return contact === null ? null : asPerson('Contacts', contact);
}

/** A search may know for a while who is there no more: nothing is told of them by it. */
const deleted = (module: ToldModule, id: string): Person | null =>
  module === 'Deals' ? null : { module, id, emails: [] };

const asPerson = (module: Module, record: CrmRecord): Person => ({
  ...{ module, id: record.id },
  emails: addressesOf(record),
});

/** All of it in one step: an attempt that comes late is to tell what is known then. */
async function tellOf(
  { settings, organisation, client, linked, link, write }: Context,
  chats: BoundChats,
  email: string,
  person: Person | null,
): Promise<Outcome> {
  const { portal, deals } = settings;
  const changed = person === null ? {} : { changed: { module: person.module, id: person.id } };
  const told = await write('tell', {
    async send(): Promise<{ did: Did; name: string | null; digest: string }> {
      const known = await knownVisitor(client(zohoCrm), email, { deals, organisation, ...changed });
      const lines = visitorLines(known, organisation.locale, chats.longest);
      const digest = hash('sha256', JSON.stringify(lines));
      const name = known?.name ?? null;
      const last = await linked(keys.lines(portal, email));
      if (last === digest) return { did: 'same', name, digest };
      // Of whom nothing was ever told, nothing is to be taken back.
      if (known === null && last === null) return { did: 'same', name, digest };
      const isKnown = await chats.tell(portal, email, lines);
      return { did: isKnown ? 'told' : 'unknown', name, digest };
    },
  });
  if (told.did === 'told') await link(keys.lines(portal, email), told.digest);
  return OUTCOMES[told.did](email, told.name);
}

type Did = 'told' | 'same' | 'unknown';

const OUTCOMES: Readonly<Record<Did, (email: string, name: string | null) => Outcome>> = {
  told: (email, name) => done(name === null ? said.toldGone(email) : said.told(name, email)),
  same: () => skipped(said.same),
  unknown: (email) => skipped(said.unknown(email)),
};
const done = (summary: Sentence): Outcome => ({ state: 'done', summary });
