import type { FieldValue } from '../../core/cells/cell.ts';
import { addressIn } from '../../core/cells/read-text.ts';
import type { FormAnswer, FormValue } from '../../core/forms/answer.ts';
import { type PersonPart, partsOfName, recognise } from '../../core/forms/recognise.ts';
import type { Settings } from './settings.ts';

export type Module = 'Leads' | 'Contacts';

/** What is made of whoever is found nowhere. */
export const MADE: Readonly<Record<Exclude<Settings['make'], 'nothing'>, Module>> = {
  lead: 'Leads',
  contact: 'Contacts',
};

/** A value on its way into a field of the CRM, and the question that it answers. */
export interface Filling {
  readonly field: string;
  readonly from: FormValue;
}

/** Whom an answer is of. */
export interface AnsweredBy {
  readonly email: string | null;
  readonly phone: string | null;
  readonly first: string;
  readonly last: string;
  readonly company: string | null;
}

/** In which fields the parts stand; what is missing a module has no plain field for. */
const FIELDS: Readonly<Record<Module, Partial<Record<PersonPart, string>>>> = {
  Leads: {
    email: 'Email',
    phone: 'Phone',
    firstName: 'First_Name',
    lastName: 'Last_Name',
    company: 'Company',
  },
  Contacts: { email: 'Email', phone: 'Phone', firstName: 'First_Name', lastName: 'Last_Name' },
};
const PARTS: Readonly<Record<string, PersonPart>> = {
  Email: 'email',
  Phone: 'phone',
  First_Name: 'firstName',
  Last_Name: 'lastName',
  Company: 'company',
  Full_Name: 'fullName',
};

const text = (value: FieldValue | undefined): string => (value === undefined ? '' : String(value).trim());

/** Which value stands for which part of the person: what was chosen, else what is recognised. */
function parts({ values }: FormAnswer, settings: Settings): ReadonlyMap<PersonPart, FormValue> {
  const found = new Map(settings.recognise ? recognise(values) : []);
  for (const { header, field } of settings.columns) {
    const value = values.find(({ key }) => key === header);
    const part = PARTS[field];
    if (part !== undefined && value !== undefined) found.set(part, value);
  }
  return found;
}

export const personOf = (answer: FormAnswer, settings: Settings): AnsweredBy =>
  personIn(parts(answer, settings));

function personIn(found: ReadonlyMap<PersonPart, FormValue>): AnsweredBy {
  const of = (part: PersonPart): string => text(found.get(part)?.value);
  const whole = found.has('fullName') ? partsOfName(of('fullName')) : { first: '', last: '' };
  return {
    email: addressIn(of('email')),
    phone: of('phone') || null,
    first: of('firstName') || whole.first,
    last: of('lastName') || whole.last,
    company: of('company') || null,
  };
}

/** A name for lists, and for the log. */
export const nameOf = ({ first, last, email, company, phone }: AnsweredBy): string =>
  [first, last].filter(Boolean).join(' ') || email || company || phone || '';

/**
 * What of an answer goes to which field of a module: what was chosen, then what is recognised, each field once. A last
 * name that nobody gave is not made up here.
 */
export function fillings(
  answer: FormAnswer,
  settings: Settings,
  module: Module,
  hiddenField: (title: string) => string | null,
): Filling[] {
  const found = parts(answer, settings);
  const filled = new Map<string, Filling>();
  const used = new Set<string>();
  const add = (field: string | undefined | null, from: FormValue | undefined): void => {
    if (!field || from === undefined || filled.has(field)) return;
    filled.set(field, { field, from });
    used.add(from.key);
  };
  for (const { header, field } of settings.columns)
    if (field !== 'Full_Name')
      add(
        field,
        answer.values.find(({ key }) => key === header),
      );
  if (settings.recognise) {
    for (const [part, from] of found) if (part !== 'fullName') add(FIELDS[module][part], from);
    for (const from of answer.values)
      if (from.origin === 'hidden' && !used.has(from.key)) add(hiddenField(from.title), from);
  }
  const { first, last } = personIn(found);
  const whole = found.get('fullName');
  if (whole !== undefined) {
    if (first !== '') add('First_Name', { ...whole, value: first });
    if (last !== '') add('Last_Name', { ...whole, value: last });
  }
  return [...filled.values()];
}
