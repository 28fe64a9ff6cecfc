import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Fact } from '../../core/facts/facts.ts';
import type { Outcome } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { contactOfRow } from './contact-of-row.ts';
import { REQUIRED } from './header-row.ts';
import { addressKey, type Context, fullName, leadOfAddress } from './lead-of-row.ts';
import { type LeadValues, readValues, whereOf } from './read-values.ts';
import { type FoundRow, readFound } from './row-event.ts';
import { leftOutRow } from './row-filter.ts';
import { KEY } from './row-identity.ts';

const rejected = (sentence: Sentence, field?: string): LiaisonError =>
  new LiaisonError('rejected', { sentence, ...(field === undefined ? {} : { field }) });

/** Whose row it is; empty where nobody is named. */
function nameOf({ cells, values }: FoundRow): string {
  const shown = Object.fromEntries(cells.map(({ field, shown: text }) => [field, text]));
  return fullName(values ?? {}) || fullName(shown);
}

/** How the log names a row: by its person, and by its line as it was when it was read. */
const lineLabel = (name: string, row: number): Sentence =>
  name === '' ? lineOf(row, '') : { en: `${name} · row ${row}`, fr: `${name} · ligne ${row}` };

/** `Row 7 (Ada Morel)` */
const lineOf = (row: number, name: string): Sentence => {
  const whose = name === '' ? '' : ` (${name})`;
  return { en: `Row ${row}${whose}`, fr: `Ligne ${row}${whose}` };
};

/**
 * The row's values in the kinds of the CRM's fields. What the look could not read is read again with the
 * fields as they are now: somebody may have corrected them since.
 */
async function valuesOf({ client, read }: Context, found: FoundRow, name: string): Promise<LeadValues> {
  if (found.values !== undefined) return found.values;
  const mapped = new Set(found.cells.map(({ field }) => field));
  const fields = await read('fields', async () =>
    fillableFields(await client(zohoCrm).fields('Leads')).filter(({ apiName }) => mapped.has(apiName)),
  );
  const { values, unfit } = readValues(found.cells, fields, found.manner);
  const [first] = unfit;
  if (first === undefined) return values;
  const words = (language: 'en' | 'fr') => unfit.map(({ sentence }) => sentence[language]).join(' ');
  throw rejected(
    {
      en: `${lineOf(found.row, name).en}: ${words('en')} Once the sheet is corrected the row is taken by itself.`,
      fr: `${lineOf(found.row, name).fr}\u00a0: ${words('fr')} Une fois le tableur corrigé, la ligne est reprise d’elle-même.`,
    },
    first.field,
  );
}

function waiting({ row, cells, waitsFor = [] }: FoundRow, name: string): LiaisonError {
  const unknown = cells.filter(({ field }) => waitsFor.includes(field));
  const shown = (language: 'en' | 'fr') =>
    unknown
      .map((cell) => `${whereOf(cell)[language]} ${language === 'en' ? 'shows' : 'affiche'} ${cell.shown}`)
      .join(', ');
  return rejected(
    {
      en: `${lineOf(row, name).en} waits: ${shown('en')}, and its value is not known yet. The row is taken by itself as soon as it is.`,
      fr: `${lineOf(row, name).fr} attend\u00a0: ${shown('fr')}, sa valeur n’est pas encore connue. La ligne est reprise d’elle-même dès qu’elle l’est.`,
    },
    unknown[0]?.field,
  );
}

function nameless({ row }: FoundRow): LiaisonError {
  return rejected(
    {
      en: `Row ${row} has no last name, which every lead needs. Once it is filled in, the row is taken by itself.`,
      fr: `La ligne ${row} n’a pas de nom, obligatoire pour tout prospect. Une fois le nom saisi, la ligne est reprise d’elle-même.`,
    },
    REQUIRED,
  );
}

/** The lead of a row that was seen before; it may be gone from the CRM since, on purpose. */
async function correct(
  { client, write, linked, link }: Context,
  lead: string,
  values: LeadValues,
): Promise<'corrected' | 'gone'> {
  try {
    await write('update', {
      send: () => client(zohoCrm).updateOne('Leads', { ...values, id: lead }, ['workflow']),
    });
  } catch (thrown) {
    if (asLiaisonError(thrown).kind !== 'gone') throw thrown;
    return 'gone';
  }
  const address = values[KEY];
  if (typeof address === 'string' && (await linked(addressKey(address))) === null)
    await link(addressKey(address), lead);
  return 'corrected';
}

async function createWithoutEmail(
  { client, write }: Context,
  values: LeadValues,
  name: string,
): Promise<string> {
  const crm = client(zohoCrm);
  const known = (['Last_Name', 'First_Name', 'Company', 'Phone'] as const).flatMap((field) =>
    values[field] === undefined
      ? []
      : [{ field, comparator: 'equals' as const, value: String(values[field]) }],
  );
  const lead = await write('create', {
    async find() {
      const [found] = await crm.search('Leads', known, ['Last_Name']);
      return found === undefined ? null : { id: found.id };
    },
    send: async () => ({ id: (await crm.createOne('Leads', values, ['workflow'])).id }),
    tells: ({ id }) => leadCreated(id, name),
  });
  return lead.id;
}

const leadCreated = (id: string, name: string): Fact => ({
  type: 'lead.created',
  key: `zoho-crm ${id}`,
  data: {
    record: { application: 'zoho-crm', object: 'zohoCrm.leads', id, name: name || null },
    source: { application: 'google-sheets' },
  },
});

/** A row becomes a lead once; later edits of the row go to the same lead, whatever was edited. */
export async function rowToLead(context: Context): Promise<Outcome> {
  const { event, linked, link, label } = context;
  const found = readFound(event);
  if ('told' in found) {
    label(found.tab);
    return { state: 'skipped', summary: found.told };
  }
  const name = nameOf(found);
  label(lineLabel(name, found.row));
  if (found.waitsFor !== undefined) throw waiting(found, name);
  const values = await valuesOf(context, found, name);
  const rowId = event.recordId ?? '';
  const done = (words: Sentence): Outcome => {
    const { en, fr } = withLine(words, found);
    return { state: 'done', summary: { en: `${name}: ${en}`, fr: `${name}\u00a0: ${fr}` } };
  };
  if (values[REQUIRED] === undefined) throw nameless(found);

  const lead = await linked(rowId);
  const unfit = leftOutRow(context, values, lead !== null);
  if (unfit !== null) return unfit;
  if (lead !== null) {
    if ((await correct(context, lead, values)) === 'corrected')
      return done({ en: 'the lead was corrected.', fr: 'le prospect a été corrigé.' });
    return {
      state: 'skipped',
      summary: {
        en: `${name}: the lead was deleted or converted in the CRM, and stays so.`,
        fr: `${name}\u00a0: le prospect a été supprimé ou converti dans le CRM, et le reste.`,
      },
    };
  }

  if (values[KEY] === undefined) {
    if ((await contactOfRow(context, values)) !== null) return isContact(name);
    const created = await createWithoutEmail(context, values, name);
    await link(rowId, created);
    return done({ en: 'a lead was created.', fr: 'un prospect a été créé.' });
  }
  const made = await leadOfAddress(context, values, found.row, (id) => leadCreated(id, name));
  if (made === 'contact') return isContact(name);
  await link(rowId, made.id);
  return made.isNew
    ? done({ en: 'a lead was created.', fr: 'un prospect a été créé.' })
    : done({
        en: 'the lead with this e-mail was updated.',
        fr: 'le prospect qui a cet e-mail a été mis à jour.',
      });
}

/** Nothing is remembered of it: once the contact is gone, the next edit of the row makes the lead. */
const isContact = (name: string): Outcome => ({
  state: 'skipped',
  summary: {
    en: `${name} is a contact already: no lead is made, as the settings say.`,
    fr: `${name} est déjà un contact\u00a0: aucun prospect n’est créé, comme le disent les réglages.`,
  },
});

/** Where the line was somebody else's before, that person's lead is told of: it was not touched. */
function withLine({ en, fr }: Sentence, { row, instead }: FoundRow): Sentence {
  if (instead === undefined || instead === '') return { en, fr };
  return {
    en: `${en} Row ${row} was ${instead}’s before, whose lead stays as it was.`,
    fr: `${fr} La ligne ${row} était auparavant celle de ${instead}, dont le prospect reste tel quel.`,
  };
}
