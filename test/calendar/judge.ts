import { isDay, type MeetingTime } from '../../server/core/calendar/meeting.ts';
import { occurrencesOf } from '../../server/core/calendar/occurrences.ts';
import { meetingsOf } from '../../server/core/calendar/same-meetings.ts';
import { readSchedule } from '../../server/core/calendar/schedule.ts';
import { comparedTitle } from '../../server/core/calendar/untitled.ts';
import { momentOf } from '../../server/core/calendar/zone-time.ts';
import type { FieldValue } from '../../server/core/sync-object.ts';
import type { Played } from './interleaved.ts';
import { numberIn } from './people.ts';
import { WEEKS } from './sequences.ts';
import { type ServerLife, VENDOR } from './server-life.ts';

/** What Outlook cannot do is said of a meeting, and nothing else may be left. */
const SAYABLE = /cannot bring back|lets no date of a series pass/;

type Values = Readonly<Record<string, unknown>>;

/** What a meeting comes down to, by which the two sides are held against each other. */
function said({ title, schedule, location }: Values): string {
  const { start, end } = (schedule ?? {}) as { start?: string; end?: string };
  const when = meetingsOf((schedule ?? null) as FieldValue) ?? [start ?? null, end ?? null];
  return JSON.stringify([comparedTitle(String(title ?? '')), when, location ?? null]);
}

/** Meetings by the sequence that they are of. */
function bySequence<One>(all: readonly One[], valuesOf: (one: One) => Values): Map<number, One[]> {
  return Map.groupBy(all, (one) => numberIn(valuesOf(one).title));
}

/** Each sequence by itself, once everything has come to rest. */
export async function judge(
  life: ServerLife,
  all: readonly Played[],
): Promise<{ wrong: Map<number, string[]>; wrongOfAll: string[] }> {
  const wrong = new Map<number, string[]>();
  const wrongOfAll: string[] = [];
  const complain = (number: number | undefined, what: string): void => {
    if (number === undefined) wrongOfAll.push(what);
    else wrong.set(number, [...(wrong.get(number) ?? []), what]);
  };
  const left = bySequence(await life.inOutlook(), ({ values }) => values);
  const right = bySequence(life.right.live(), ({ values }) => values);
  const aside = new Map((await life.aside()).map((one) => [`${one.side} ${one.id}`, one.said]));
  for (const one of all) {
    const [lefts, rights] = [left.get(one.number) ?? [], right.get(one.number) ?? []];
    const reasons = [
      ...lefts.map(({ id }) => aside.get(`left ${id}`)),
      ...rights.map(({ id }) => aside.get(`right ${id}`)),
    ].filter((reason) => reason !== undefined);
    for (const reason of reasons) if (!SAYABLE.test(reason)) complain(one.number, `is set aside: ${reason}`);
    if (reasons.length > 0) continue;
    const meetings = {
      left: lefts.map(({ values }) => said(values)),
      right: rights.map(({ values }) => said(values as Values)),
    };
    const told = JSON.stringify(meetings);
    if (meetings.left.join() !== meetings.right.join()) complain(one.number, `the sides differ: ${told}`);
    for (const what of unlike(one, meetings)) complain(one.number, `${what}: ${told}`);
  }
  const isAside = ({ leftId, rightId }: Played): boolean =>
    aside.has(`left ${leftId}`) || aside.has(`right ${rightId}`);
  const judged = all.filter((one) => !isAside(one)).map(({ number }) => number);
  for (const [number, what] of await otherwiseShown(life, judged, right)) complain(number, what);
  for (const { number, what } of await restless(life, all)) complain(number, what);
  for (const { number, leftId, rightId } of all.filter((one) => wrong.has(one.number)))
    for (const one of await life.writesOf([leftId, rightId]))
      complain(number, `written: ${JSON.stringify(Object.values(one))}`);
  return { wrong, wrongOfAll };
}

/** Around all that sequences are about. */
const [FROM, TO] = ['2027-01-01T00:00:00Z', '2027-06-01T00:00:00Z'];

/** What takes place when and under which name: as people see it, whatever the product read on its way there. */
async function otherwiseShown(
  life: ServerLife,
  numbers: readonly number[],
  right: ReadonlyMap<number, readonly { readonly values: unknown }[]>,
): Promise<[number, string][]> {
  const shown = bySequence(await life.shown(FROM, TO), ({ subject }) => ({ title: subject }));
  return numbers.flatMap((number): [number, string][] => {
    const inOutlook = (shown.get(number) ?? []).map(({ subject, start, end, isAllDay }) => {
      const at = (time: typeof start): string =>
        isAllDay ? String(time?.dateTime.slice(0, 10)) : `${time?.dateTime.slice(0, 19)}Z`;
      return `${at(start)} ${at(end)} ${subject}`;
    });
    const there = (right.get(number) ?? []).flatMap(({ values }) => datesOf(values as Values));
    const [one, other] = [inOutlook.sort().join('; '), there.sort().join('; ')];
    return one === other ? [] : [[number, `Outlook shows ${one}, and the other side says ${other}`]];
  });
}

/** Each date of what the other side holds. */
function datesOf({ title, schedule }: Values): string[] {
  const at = (time: MeetingTime): string => (isDay(time) ? time.date : momentOf(time));
  return occurrencesOf(readSchedule(schedule as FieldValue, 'UTC')).flatMap(({ start, end, changes }) =>
    changes === null ? [] : [`${at(start)} ${at(end)} ${changes.title ?? title}`],
  );
}

/** What of a sequence's end is not as whoever did something wanted it, where nobody contradicted. */
function unlike(
  { done }: Played,
  { left, right }: { left: readonly string[]; right: readonly string[] },
): string[] {
  const found: string[] = [];
  const most = Math.max(left.length, right.length);
  if (most > 1) found.push('is doubled');
  const isDeleted = done.some(({ kind }) => kind === 'delete');
  const dates = done.filter(({ kind }) => kind === 'delete-date').length;
  if (!isDeleted && dates < WEEKS.length && most === 0) found.push('is lost');
  const sides = new Set(done.map(({ side }) => side));
  if (isDeleted && sides.size === 1 && most > 0) found.push('was deleted, and stands');
  const [meeting] = right;
  if (isDeleted || meeting === undefined) return found;
  const names = done.filter(({ kind }) => kind === 'rename');
  const lastName = names.at(-1)?.said.title;
  if (new Set(names.map(({ side }) => side)).size === 1 && JSON.parse(meeting)[0] !== lastName)
    found.push(`was renamed "${lastName}" by one side alone`);
  const last = done.at(-1);
  if (sides.size === 1 && last?.side === 'right' && meeting !== said(last.said))
    found.push(`was left by one side alone as ${said(last.said)}`);
  return found;
}

/** What is still written though nobody does anything. */
async function restless(
  { sandbox, right, settle }: ServerLife,
  all: readonly Played[],
): Promise<{ number: number | undefined; what: string }[]> {
  const before = (await sandbox.ledger(VENDOR)).length;
  right.forget();
  await settle(2);
  const inOutlook = (await sandbox.ledger(VENDOR)).slice(before).map(({ id, action }) => ({
    number: all.find(({ leftId }) => leftId !== null && id.startsWith(leftId))?.number,
    what: `Outlook is written to at rest: ${action} ${id}`,
  }));
  const onTheRight = right.written.map(({ id, operation }) => ({
    number: all.find(({ rightId }) => rightId === id)?.number,
    what: `the other side is written to at rest: ${operation} ${id}`,
  }));
  return [...inOutlook, ...onTheRight];
}
