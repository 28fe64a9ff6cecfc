import { formsOf, type ToldAnswer } from '../../core/forms/offer.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord, type TrialSource } from '../../core/trial.ts';
import { nameOf, personOf } from './person-of-answer.ts';
import type { Settings } from './settings.ts';

type Source = TrialSource<Settings>;

const latest = ({ role, settings }: Source): Promise<readonly ToldAnswer[]> =>
  formsOf(role('source')).latest(settings.form);

function recordOf({ role, settings }: Source, told: ToldAnswer): TrialRecord[] {
  const answer = formsOf(role('source')).read(told);
  if (answer === null || told.recordId === null) return [];
  const person = personOf(answer, settings);
  const detail = [person.email, answer.form].filter((one) => one !== null).join(', ');
  return [
    {
      id: told.recordId,
      title: nameOf(person) || '—',
      ...(detail === '' ? {} : { detail: { en: detail, fr: detail } }),
      ...(answer.at === null ? {} : { at: answer.at }),
    },
  ];
}

const holds = ({ body }: ToldAnswer, text: string): boolean =>
  JSON.stringify(body).toLowerCase().includes(text.toLowerCase());

/** The last answers to the form, newest first. */
export const answerTrial: FlowTrial<Settings> = {
  async records(source, search) {
    const told = await latest(source);
    return told
      .filter((one) => search === null || holds(one, search))
      .flatMap((one) => recordOf(source, one))
      .slice(0, MOST_OFFERED);
  },
  async event(source, record) {
    const told = (await latest(source)).find(({ recordId }) => recordId === record);
    if (told === undefined) return null;
    const topic = formsOf(source.role('source')).topic(source.settings.form);
    return { topic, recordId: record, body: told.body };
  },
};
