import { LiaisonError } from '../../core/errors.ts';
import type { OfferedValue, VendorSetting } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type BoundTickets, ticketsOf } from '../../core/ticket/offer.ts';
import { prioritySetting } from '../../core/ticket/priority-setting.ts';
import type { Settings } from './settings.ts';
import { places } from './texts.ts';

const like = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The department of this name, or of this id; where none is written, the usual one. */
export const departmentNamed = async (
  desk: Pick<BoundTickets, 'departments'>,
  written: string,
  id?: string,
): Promise<OfferedValue | undefined> => {
  const all = await desk.departments();
  if (written === '') return all[0];
  return (
    all.find(({ value, title }) => value === written || like(title, written)) ??
    all.find(({ value }) => value === id)
  );
};

const noSuch = (written: string): Sentence => ({
  en: `The desk has no department “${written}” (any more). Choose one of the list in the flow’s settings, then retry.`,
  fr: `Le support n’a pas (ou plus) de département «\u00a0${written}\u00a0». Choisissez-en un de la liste dans les réglages du flux, puis relancez.`,
});

export const noDepartment = (written: string): LiaisonError =>
  new LiaisonError('rejected', { field: 'departmentId', sentence: noSuch(written) });

export const departmentSetting: VendorSetting<Pick<Settings, 'department'>> = {
  async offers({ role }) {
    const all = await ticketsOf(role('desk')).departments();
    return all.map(({ title }) => ({ value: title, title }));
  },
  async check({ role, settings: { department } }, reference) {
    if (department === '') return null;
    const found = await departmentNamed(ticketsOf(role('desk')), department, reference);
    return found === undefined
      ? { refused: noSuch(department) }
      : { value: found.title, reference: found.value };
  },
};

/** Every place is one that a trouble fills. */
const placesChecked = (name: 'subject' | 'introduction'): VendorSetting<Settings> => ({
  offers: async ({ organisation }) => places.offered(organisation.locale),
  async check({ settings }) {
    const unknown = places.unknownIn(settings[name]);
    if (unknown === null) return null;
    return {
      refused: {
        en: `Nothing fills ${unknown}. What can be put in: ${places.written}.`,
        fr: `Rien ne remplit ${unknown}. Ce qui peut être inséré\u00a0: ${places.written}.`,
      },
    };
  },
});

export const deskSettings = {
  department: departmentSetting,
  priority: prioritySetting<Settings>('desk', ({ priority }) => priority !== ''),
  subject: placesChecked('subject'),
  introduction: placesChecked('introduction'),
};
