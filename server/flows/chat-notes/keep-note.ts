import { hash } from 'node:crypto';
import type { ZohoCrmClient } from '../../connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import type { FieldValue } from '../../core/cells/cell.ts';
import { addressIn } from '../../core/cells/read-text.ts';
import type { Chat } from '../../core/chat/chat.ts';
import { chatText, isSilent } from '../../core/chat/chat-words.ts';
import type { BoundChats } from '../../core/chat/offer.ts';
import { fitText } from '../../core/fit-text.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { isDisposable } from '../../core/forms/disposable.ts';
import { partsOfName } from '../../core/forms/recognise.ts';
import type { Sentence } from '../../core/sentence.ts';
import { LONGEST_CONTENT, LONGEST_TITLE, type Note } from '../form-answers/answer-note.ts';
import { type FoundPerson, findPerson } from '../form-answers/find-person.ts';
import { makePerson } from '../form-answers/make-person.ts';
import {
  type AnsweredBy,
  type Filling,
  MADE,
  type Module,
  nameOf,
} from '../form-answers/person-of-answer.ts';
import { readValues } from '../form-answers/read-values.ts';
import { rememberedBy } from '../form-answers/remembered-by.ts';
import { OBJECTS } from '../form-answers/texts.ts';
import { said } from './sentences.ts';
import type { Context } from './steps.ts';

/** The names under which the flow remembers what it made. */
export const keys = {
  person: (module: Module, who: string): string => `${module} ${who}`,
  /** The note of a chat; `-` once somebody has deleted it. */
  note: ({ portal, id }: Chat): string => `note ${portal} ${id}`,
  /** A digest of what it says: the text itself may be longer than a link holds, and is somebody's. */
  text: ({ portal, id }: Chat): string => `text ${portal} ${id}`,
  /** What of its visitor did not fit the record that was made: one sentence each, as long as there are any. */
  unfit: ({ portal, id }: Chat, nth: number): string => `unfit ${nth} ${portal} ${id}`,
};
const DELETED = '-';
const MODULES: readonly Module[] = ['Contacts', 'Leads'];

/** What a run works with. */
interface Work {
  readonly context: Context;
  readonly chat: Chat;
  readonly person: AnsweredBy;
  /** What it says, with what is to be said beside it. */
  write(further: readonly Sentence[]): Note;
}

/**
 * A chat that is over is one note on its visitor's record, which is written anew where the chat went on or was rated.
 *
 * @param known what is remembered of its note; null: it has none.
 */
export async function keepNote(
  context: Context,
  chats: BoundChats,
  chat: Chat,
  known: string | null,
): Promise<Outcome> {
  const { settings, organisation, read, linked } = context;
  if (chat.state === 'missed' && !settings.missed) return skipped(said.missed);
  if (known === DELETED) return skipped(said.takenAway);
  const person = personOf(chat);
  if (known === null && person.email === null && person.phone === null) return skipped(said.anonymous);
  if (settings.disposable && person.email !== null && isDisposable(person.email))
    return skipped(said.disposable);
  const lines = await read('said', () => chats.lines(settings.portal, chat.id));
  if (isSilent(chat, lines)) return skipped(said.silent);
  const rating = await read('rating', () => chats.rating(settings.portal, chat.id));
  const work: Work = {
    ...{ context, chat, person },
    write: (further) => ({
      title: fitText(`Chat ${chat.number} (${chat.portal})`, LONGEST_TITLE),
      content: chatText(chat, lines, rating, further, organisation, LONGEST_CONTENT),
    }),
  };
  if (known !== null) return rewritten(work, known);
  const who = rememberedBy(person);
  if (who === null) return noted(work, null);
  // Two chats of one visitor must not both find that nobody has the address, or the number.
  return context.exclusively(who, async () => {
    for (const module of MODULES) {
      const id = await linked(keys.person(module, who));
      if (id !== null) return noted(work, { module, id });
    }
    return noted(work, null);
  });
}

function personOf({ visitor }: Chat): AnsweredBy {
  const { first, last } = partsOfName(visitor.name ?? '');
  return { email: addressIn(visitor.email ?? ''), phone: visitor.phone, first, last, company: null };
}

async function noted(work: Work, remembered: Pick<FoundPerson, 'module' | 'id'> | null): Promise<Outcome> {
  const { context, chat, person } = work;
  const { client, read, settings, link } = context;
  const crm = client(zohoCrm);
  const found = await read('look', () => findPerson(crm, person, settings, remembered));
  if (found === null && settings.make === 'nothing') return skipped(said.nobody);
  const module = found?.module ?? MADE[settings.make === 'contact' ? 'contact' : 'lead'];
  const { id, isNew } = found === null ? await made(work, module) : { ...found, isNew: false };
  const unfit = await unfitOf(work);
  const who = rememberedBy(person);
  if (who !== null) await link(keys.person(module, who), id);
  await context.about({ object: OBJECTS[module], id });
  const note = work.write(unfit);
  const kept = await context.write('note', {
    // On a record that was just made there is none.
    findFirst: !isNew,
    async find() {
      const one = await noteWith(crm, module, id, note.title);
      return one === null ? null : { id: one, isOld: true };
    },
    send: async () => ({ id: (await crm.addNote(module, id, note)).id, isOld: false }),
  });
  // One that an earlier integration, or an attempt whose answer was lost, left behind is taken up.
  const stands = !kept.isOld || (await rewrite(work, kept.id, note));
  await remember(work, stands ? kept.id : DELETED, note);
  if (!stands) return skipped(said.takenAway);
  return { state: 'done', summary: said.noted(chat.number, nameOf(person), module, isNew, unfit) };
}

/** A chat that went on, or was rated since. */
async function rewritten(work: Work, known: string): Promise<Outcome> {
  const { context, chat } = work;
  const note = work.write(await unfitOf(work));
  if ((await context.linked(keys.text(chat))) === digestOf(note)) return skipped(said.same);
  const stands = await rewrite(work, known, note);
  await remember(work, stands ? known : DELETED, note);
  return stands ? { state: 'done', summary: said.rewritten(chat.number) } : skipped(said.takenAway);
}

/** @returns false where it is not there any more. */
const rewrite = ({ context }: Work, id: string, note: Note): Promise<boolean> =>
  context.write('rewrite', { send: () => context.client(zohoCrm).changeNote(id, note) });

async function remember({ context, chat }: Work, id: string, note: Note): Promise<void> {
  await context.link(keys.note(chat), id);
  await context.link(keys.text(chat), digestOf(note));
}

const digestOf = ({ title, content }: Note): string => hash('sha256', `${title}\n${content}`);

/** The note of this very chat: no other chat of the portal has its number. */
async function noteWith(
  crm: ZohoCrmClient,
  module: Module,
  id: string,
  title: string,
): Promise<string | null> {
  const found = (await crm.notes(module, id)).find((one) => one.title?.trim() === title);
  return found?.id ?? null;
}

/** A new record of the visitor's. */
async function made(work: Work, module: Module) {
  const { context, person } = work;
  const { client, read, settings, organisation } = context;
  const fields = await read('fields', async () => await client(zohoCrm).fields(module));
  const filled = [
    filling('Last_Name', 'text', person.last),
    filling('First_Name', 'text', person.first),
    filling('Email', 'email', person.email),
    filling('Phone', 'phone', person.phone),
    filling('Lead_Source', 'text', settings.leadSource),
  ].flat();
  const { values, unfit } = readValues(filled, fillableFields(fields), organisation);
  const { id, did } = await makePerson(context, module, person, values, fields, said.nameless);
  for (const [nth, one] of unfit.entries())
    await context.link(keys.unfit(work.chat, nth), JSON.stringify(one));
  return { id, isNew: did === 'created' };
}

/** What did not fit when the record was made for this chat: its note says so however often it is written anew. */
async function unfitOf({ context, chat }: Work): Promise<readonly Sentence[]> {
  const unfit: Sentence[] = [];
  for (;;) {
    const one = await context.linked(keys.unfit(chat, unfit.length));
    if (one === null) return unfit;
    unfit.push(JSON.parse(one) as Sentence);
  }
}

const filling = (field: string, kind: 'text' | 'email' | 'phone', value: FieldValue | null): Filling[] =>
  value === null || value === ''
    ? []
    : [{ field, from: { key: field, title: field, kind, origin: 'told', value } }];
