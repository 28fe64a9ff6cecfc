import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import { foldText } from '../../core/cells/fold-text.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Outcome } from '../../core/flow.ts';
import type { FormAnswer } from '../../core/forms/answer.ts';
import { changeWords, formChanges, readKnown } from '../../core/forms/form-changes.ts';
import { formsOf } from '../../core/forms/offer.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import { findNote, noteOf } from './answer-note.ts';
import { attachFiles, type FilesDone, filesSentence } from './attach-files.ts';
import { consentOf } from './consent.ts';
import { type FoundPerson, findPerson } from './find-person.ts';
import { leftOutAnswer } from './form-filter.ts';
import { makePerson, type Values } from './make-person.ts';
import { type AnsweredBy, fillings, MADE, type Module, nameOf, personOf } from './person-of-answer.ts';
import { readValues } from './read-values.ts';
import { rememberedBy } from './remembered-by.ts';
import { whySpam } from './spam.ts';
import type { Context } from './steps.ts';
import { inWords, OBJECTS } from './texts.ts';

const skipped = (summary: Sentence): Outcome => ({ state: 'skipped', summary });
const MODULES: readonly Module[] = ['Contacts', 'Leads'];

/** The names under which the flow remembers what it made. */
const keys = {
  person: (module: Module, who: string): string => `${module} ${who}`,
  form: (form: string): string => `form ${form}`,
};

/** What a run works with. */
interface Work {
  readonly context: Context;
  readonly answer: FormAnswer;
  readonly person: AnsweredBy;
  readonly changed: Sentence | null;
}

/** An answer becomes a lead or a contact, or is added to the one that is there; once for each person. */
export async function takeAnswer(context: Context): Promise<Outcome> {
  const { event, role, settings, label } = context;
  const answer = formsOf(role('source')).read(event);
  if (answer === null) throw new LiaisonError('rejected', { sentence: UNREADABLE });
  const person = personOf(answer, settings);
  label(nameOf(person) || { en: 'An answer without a name', fr: 'Une réponse sans nom' });
  const left = leftOutAnswer(context.filter, answer);
  if (left !== null) return skipped(left);
  const consent = consentOf(answer, settings);
  if (consent === 'refused' && settings.withoutConsent === 'leave') return skipped(NO_CONSENT);
  // Last: an answer that is left out for something else is none of the day's.
  const spam = await whySpam(context, answer, person);
  if (spam !== null) return skipped(spam);
  const { changed, remember } = await noticed(context, answer);
  const outcome = await ofPerson({ context, answer, person, changed });
  // What was noticed is told with an answer that is taken; until then it is not known yet.
  if (outcome.state === 'done') await remember();
  return outcome;
}

async function ofPerson(work: Work): Promise<Outcome> {
  const { context, person } = work;
  const who = rememberedBy(person);
  if (who === null) return taken(work, null);
  // Two answers of one person must not both find that nobody has the address, or the number.
  return context.exclusively(who, async () => {
    for (const module of MODULES) {
      const id = await context.linked(keys.person(module, who));
      if (id !== null) return taken(work, { module, id });
    }
    return taken(work, null);
  });
}

/** What the form's owner changed since the answer before. */
async function noticed(
  { settings, kept, keep }: Context,
  answer: FormAnswer,
): Promise<{ readonly changed: Sentence | null; readonly remember: () => Promise<void> }> {
  const subject = keys.form(settings.form);
  const [before] = await kept([subject]);
  const changes = formChanges(readKnown(before?.fact), answer);
  const used = new Set(settings.columns.map(({ header }) => header));
  for (const one of [settings.consent, settings.honeypot]) if (one !== '') used.add(one);
  return {
    changed: changeWords(changes, used),
    remember: () => keep({ subject, key: subject, fact: changes.known }),
  };
}

async function taken(work: Work, remembered: Pick<FoundPerson, 'module' | 'id'> | null): Promise<Outcome> {
  const { context, person, answer } = work;
  const { client, read, settings, link } = context;
  const found = await read('look', () => findPerson(client(zohoCrm), person, settings, remembered));
  if (found === null && settings.make === 'nothing') return skipped(NOBODY);
  const module = found?.module ?? MADE[settings.make === 'contact' ? 'contact' : 'lead'];
  const { values, unfit, fields } = await valuesFor(work, module, found === null);
  const result =
    found === null
      ? await makePerson(context, module, person, values, fields, NAMELESS)
      : await complete(work, found, values);
  const who = rememberedBy(person);
  if (who !== null) await link(keys.person(module, who), result.id);
  await context.about({ object: OBJECTS[module], id: result.id });
  const isNew = result.did === 'created';
  const note = (more: readonly Sentence[]): Promise<void> =>
    settings.note ? addNote(work, module, result.id, more) : Promise.resolve();
  let files: FilesDone;
  try {
    files = await attachFiles(context, answer, { module, id: result.id, isNew });
  } catch (thrown) {
    // What waits for a file is the file: the answer is beside the record meanwhile.
    await note(unfit);
    throw thrown;
  }
  await note([...unfit, ...files.leftOut]);
  return {
    state: 'done',
    summary: inWords(nameOf(person), module, result.did, [
      ...filesSentence(files),
      ...unfit,
      ...files.leftOut,
      ...(work.changed === null ? [] : [work.changed]),
    ]),
  };
}

/** The answer in the fields of a module. */
async function valuesFor({ context, answer }: Work, module: Module, isNew: boolean) {
  const { client, read, settings, organisation, event } = context;
  const { locale, timeZone } = organisation;
  const fields = await read('fields', async () => await client(zohoCrm).fields(module));
  const plain = (text: string): string => foldText(text).replace(/[^a-z0-9]/g, '');
  const hiddenField = (title: string): string | null =>
    fields.find(
      ({ apiName, label, readOnly }) =>
        !readOnly && [apiName, label].some((one) => plain(one) === plain(title)),
    )?.apiName ?? null;
  const filled = fillings(answer, settings, module, hiddenField);
  const source = {
    key: 'leadSource',
    title: 'Lead_Source',
    kind: 'text',
    origin: 'told',
    value: settings.leadSource,
  } as const;
  if (isNew && settings.leadSource !== '' && !filled.some(({ field }) => field === 'Lead_Source'))
    filled.push({ field: 'Lead_Source', from: source });
  const consent = consentOf(answer, settings);
  const at = {
    key: 'consentAt',
    title: 'consent',
    kind: 'date',
    origin: 'told',
    value: answer.at ?? event.receivedAt.toISOString(),
  } as const;
  if (consent === 'given' && settings.consentAt !== '') filled.push({ field: settings.consentAt, from: at });
  const { values, unfit } = readValues(filled, fillableFields(fields), { locale, timeZone });
  const optOut = isNew && consent === 'refused' && settings.withoutConsent === 'opt-out';
  // A form opts nobody in again, whatever fills the field.
  const { Email_Opt_Out: said, ...others } = values;
  return {
    values: { ...others, ...(optOut || said === true ? { Email_Opt_Out: true } : {}) },
    unfit,
    fields,
  };
}

interface Result {
  readonly id: string;
  readonly did: 'created' | 'completed' | 'noted';
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whoever knows an address could write into its record: under another name nothing but the note is added. */
async function complete(
  { context, answer }: Work,
  { module, id, sameName, record }: FoundPerson,
  values: Values,
): Promise<Result> {
  const { settings, client, write } = context;
  const consentAt = consentOf(answer, settings) === 'given' ? settings.consentAt : '';
  const changed = Object.entries(values).filter(([field, value]) => {
    if (JSON.stringify(record[field]) === JSON.stringify(value)) return false;
    if (field === consentAt) return true;
    if (!sameName || settings.known === 'nothing') return false;
    return settings.known === 'all' || isBlank(record[field]);
  });
  if (changed.length === 0) return { id, did: 'noted' };
  await write('update', {
    send: () => client(zohoCrm).updateOne(module, { ...Object.fromEntries(changed), id }, ['workflow']),
  });
  return { id, did: 'completed' };
}

async function addNote(
  { context, answer }: Work,
  module: Module,
  id: string,
  unfit: readonly Sentence[],
): Promise<void> {
  const crm = context.client(zohoCrm);
  const note = noteOf(answer, answer.form ?? '', unfit, languageOf(context.organisation.locale));
  await context.write('note', {
    find: () => findNote(crm, module, id, note),
    send: () => crm.addNote(module, id, note),
  });
}

const UNREADABLE: Sentence = {
  en: 'What came holds no answer that can be read. Look at what the form sends, and send an answer again.',
  fr: 'Ce qui est arrivé ne contient aucune réponse lisible. Regardez ce que le formulaire envoie, puis renvoyez une réponse.',
};
const NAMELESS: Sentence = {
  en: 'The answer names nobody: neither a name, nor an e-mail address, nor a phone number. Choose in the settings which question fills the last name.',
  fr: 'La réponse ne désigne personne\u00a0: ni nom, ni adresse e-mail, ni numéro de téléphone. Choisissez dans les réglages quelle question remplit le nom de famille.',
};
const NO_CONSENT: Sentence = {
  en: 'The person did not consent: left out, as the settings say.',
  fr: 'La personne n’a pas consenti\u00a0: laissée de côté, comme le disent les réglages.',
};
const NOBODY: Sentence = {
  en: 'Nobody in the CRM is this person, and none is to be made.',
  fr: 'Personne dans le CRM n’est cette personne, et aucune fiche n’est à créer.',
};
