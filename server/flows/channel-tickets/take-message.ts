import { fitText } from '../../core/fit-text.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { ThreadStart } from '../../core/threads.ts';
import { type MadeTicket, type NewTicket, ticketsOf } from '../../core/ticket/offer.ts';
import { followAnswers, keepThread } from '../announce-tickets/answers.ts';
import { keepOurs, keepTicketOf } from '../announce-tickets/remembered-replies.ts';
import { isKnown, takeReplies } from '../announce-tickets/replies.ts';
import { departmentNamed, noDepartment } from '../payment-tickets/desk-settings.ts';
import { isMarked } from './marked.ts';
import { type Context, roles } from './steps.ts';

/** A message of longer ago, when it is heard of, is no news: it stood there before, and somebody answered it now. */
const NEWS_FOR_MS = 86_400_000;

/**
 * A message of the channel becomes a ticket once, if it is meant; what people then write below it, comments of that one.
 * Whatever an event told of it is only a hint that something changed.
 */
export async function takeMessage(context: Context): Promise<Outcome> {
  const { event, role, read, label, once, settings } = context;
  const thread = event.recordId ?? '';
  const { threads } = messagesOf(role(roles.chat));
  if (threads === undefined) return skipped(NO_MESSAGE);
  // As it was when the run began: a run that is taken up again goes on with what it made.
  if (await read('known', () => isKnown(context, thread))) return takeReplies(context, roles, thread);
  const start = await read('start', () => threads.begun(thread));
  if (start === null || start.isDeleted || start.text === '') return skipped(NO_MESSAGE);
  label(firstLine(start));
  if (settings.which === 'marked' && !isMarked(start, settings.mark)) return skipped(NOT_MARKED);
  if (settings.which === 'all' && event.receivedAt.getTime() - Date.parse(start.at) > NEWS_FOR_MS)
    return skipped(OLD);
  if (!(await read('channel', () => threads.isIn(settings.place, thread)))) return skipped(ELSEWHERE);
  if (!(await once(`ticket ${thread}`))) return skipped(TAKEN);
  const { id, number } = await openTicket(context, thread, start);
  // Somebody may have answered, here or there, before it was known that the two belong together.
  await takeReplies(context, roles, thread);
  await followAnswers(context, roles, id);
  return { state: 'done', summary: opened(number) };
}

async function openTicket(context: Context, thread: string, start: ThreadStart): Promise<MadeTicket> {
  const { event, role, read, write, settings } = context;
  const desk = ticketsOf(role(roles.desk));
  const { threads } = messagesOf(role(roles.chat));
  const email = await read('author', async () => (await threads?.address(start.author)) ?? null);
  const department = await read('department', async () => {
    const found = await departmentNamed(desk, settings.department);
    if (found === undefined) throw noDepartment(settings.department);
    return found.value;
  });
  const ticket: Omit<NewTicket, 'marker'> = {
    subject: fitText(firstLine(start), desk.longest.subject),
    lines: start.text.split('\n'),
    page: start.page,
    department,
    priority: settings.priority === '' ? null : settings.priority,
    requester: { id: null, name: start.name ?? email ?? start.author, email },
  };
  const made = await write('open', {
    find: (marker) => desk.find({ ...ticket, marker }, event.receivedAt),
    send: (marker) => desk.open({ ...ticket, marker }),
  });
  const named = { id: made.id, number: made.number, subject: ticket.subject };
  await keepTicketOf(context, thread, named);
  if (settings.answers !== 'none') await keepThread(context, made.id, { message: thread, since: start.at });
  if (settings.tell) await tell(context, thread, made.number);
  return made;
}

/**
 * Says in the thread which ticket it is now, by its number: who reads there is seldom an agent who could open it, and a
 * try can say no more of a ticket that is not there yet.
 */
async function tell(context: Context, thread: string, number: string): Promise<void> {
  const { role, write, organisation } = context;
  const { answers, compose } = messagesOf(role(roles.chat));
  if (answers === undefined) return;
  const text = compose([{ value: nowTicket(number)[languageOf(organisation.locale)] }]);
  const posted = await write('tell', {
    find: (marker) => answers.find({ thread, marker }),
    send: (marker) => answers.post({ thread, lines: [text], marker }),
  });
  await keepOurs(context, thread, posted);
}

/** What people know the message by. */
export const firstLine = ({ text }: Pick<ThreadStart, 'text'>): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? '';

const NO_MESSAGE: Sentence = {
  en: 'Nobody wrote this message, or it is not there any more: nothing to do.',
  fr: 'Personne n’a écrit ce message, ou il n’existe plus\u00a0: rien à faire.',
};
const ELSEWHERE: Sentence = {
  en: 'The message is in another channel: nothing to do.',
  fr: 'Le message est dans un autre canal\u00a0: rien à faire.',
};
const NOT_MARKED: Sentence = {
  en: 'The message bears no mark: nothing to do.',
  fr: 'Le message ne porte pas la marque\u00a0: rien à faire.',
};
const OLD: Sentence = {
  en: 'The message is from more than a day ago: that is no news.',
  fr: 'Le message date de plus d’un jour\u00a0: ce n’est plus une nouvelle.',
};
const TAKEN: Sentence = {
  en: 'Another event made this a ticket, or does so still: nothing to do.',
  fr: 'Un autre événement en a fait un ticket, ou le fait encore\u00a0: rien à faire.',
};
const nowTicket = (number: string): Sentence => ({
  en: `This is ticket #${number} now.`,
  fr: `C’est maintenant le ticket nº ${number}.`,
});
const opened = (number: string): Sentence => ({
  en: `Ticket #${number} was opened.`,
  fr: `Le ticket nº ${number} a été ouvert.`,
});
