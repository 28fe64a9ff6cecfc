import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { call } from '../../widget/api/client.ts';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { useMailWords } from '../language/words.ts';
import type { MailAddress, OpenItem } from '../office/item.ts';
import type { Outlook } from '../office/outlook.ts';
import { useOutlook } from './in-outlook.tsx';
import { useMakePerson } from './mail-queries.ts';

export type PersonModule = 'Leads' | 'Contacts';

interface MakePersonProps {
  readonly item: OpenItem;
  readonly who: MailAddress;
  readonly module: PersonModule;
  readonly close: () => void;
}

const FIELDS = ['firstName', 'lastName', 'email', 'company', 'phone'] as const;
type Field = (typeof FIELDS)[number];
type Values = Record<Field, string>;

/** As much of a mail's text as a signature may end within. */
const MOST_TEXT = 60_000;

/** A lead or a contact, read from the mail, corrected by a person, and written once. */
export function MakePerson({ item, who, module, close }: MakePersonProps) {
  const words = useMailWords();
  const outlook = useOutlook();
  const title = useId();
  const suggested = useQuery({
    queryKey: ['mail', 'suggestion', item.key, who.address],
    queryFn: () => suggestionFor(outlook, item, who),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="record-card make-person" aria-labelledby={title}>
      <h2 id={title} ref={heading} tabIndex={-1}>
        {words.makeTitle[module]}
      </h2>
      {suggested.isPending ? (
        <p className="quiet" role="status">
          {words.reading}
        </p>
      ) : (
        // What cannot be read from the mail can be written by hand.
        <Form
          item={item}
          first={suggested.data ?? { ...NOTHING, email: who.address }}
          module={module}
          close={close}
        />
      )}
    </section>
  );
}

const NOTHING: Values = { firstName: '', lastName: '', email: '', company: '', phone: '' };

async function suggestionFor(outlook: Outlook, item: OpenItem, who: MailAddress): Promise<Values> {
  // Only whoever wrote it signed it.
  const isWriter = item.mode === 'read' && item.from.address.toLowerCase() === who.address.toLowerCase();
  const text = isWriter ? await outlook.body(item, 'text').catch(() => '') : '';
  const found = await call('suggestMailPerson', {
    body: { from: who, text: text.slice(0, MOST_TEXT), format: 'text' },
  });
  const { firstName, lastName, phone, company } = found;
  return { firstName, lastName, phone, company, email: found.email ?? who.address };
}

interface FormProps {
  readonly item: OpenItem;
  readonly first: Values;
  readonly module: PersonModule;
  readonly close: () => void;
}

function Form({ item, first, module, close }: FormProps) {
  const words = useMailWords();
  const [values, setValues] = useState(first);
  // One creation however often its button is pressed.
  const [id] = useState(() => crypto.randomUUID());
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const make = useMakePerson(item);
  const form = useRef<HTMLFormElement>(null);
  const names: Readonly<Record<Field, string>> = {
    firstName: words.firstName,
    lastName: words.lastName,
    email: words.email,
    company: words.company,
    phone: words.phone,
  };
  const wanted: Readonly<Partial<Record<Field, string>>> = {
    lastName: words.lastNameNeeded,
    ...(module === 'Leads' && { company: words.leadCompanyNeeded }),
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const lacks = FIELDS.filter((field) => field in wanted && values[field].trim() === '');
    setMissing(lacks);
    const [worst] = lacks;
    if (worst !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name="${worst}"]`)?.focus();
      return;
    }
    make.mutate({ id, module, ...values }, { onSuccess: close });
  }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <p className="quiet">{words.makeHint}</p>
      {FIELDS.map((field) => (
        <Input
          key={field}
          name={field}
          label={names[field]}
          value={values[field]}
          wrong={missing.includes(field) ? (wanted[field] ?? null) : null}
          needed={field in wanted}
          change={(value) => setValues({ ...values, [field]: value })}
        />
      ))}
      {make.isError && <ProblemNotice error={make.error} nameOf={(field) => names[field as Field]} />}
      <p className="actions">
        <button type="submit" className="primary" disabled={make.isPending}>
          {make.isPending ? words.creating : words.create}
        </button>
        <button type="button" onClick={close}>
          {words.cancel}
        </button>
      </p>
    </form>
  );
}

interface InputProps {
  readonly name: Field;
  readonly label: string;
  readonly value: string;
  /** Why it cannot be written as it is. */
  readonly wrong: string | null;
  readonly needed: boolean;
  readonly change: (value: string) => void;
}

const KINDS: Readonly<Partial<Record<Field, string>>> = { email: 'email', phone: 'tel' };

function Input({ name, label, value, wrong, needed, change }: InputProps) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={KINDS[name] ?? 'text'}
        value={value}
        autoComplete="off"
        required={needed}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      {wrong !== null && (
        <span id={`${id}-wrong`} className="wrong">
          {wrong}
        </span>
      )}
    </p>
  );
}
