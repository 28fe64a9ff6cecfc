type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const items = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** By type: what a value of it says, be it as it is written or as a page answers it. */
const SAYS: Readonly<Record<string, (value: unknown) => string>> = {
  title: textOf,
  rich_text: textOf,
  number: plain,
  checkbox: plain,
  url: plain,
  email: plain,
  phone_number: plain,
  select: (value) => plain(member(value, 'name')),
  status: (value) => plain(member(value, 'name')),
  multi_select: (value) => listed(items(value).map(({ name }) => plain(name))),
  people: (value) => listed(items(value).map(({ id }) => plain(id))),
  relation: (value) => listed(items(value).map(({ id }) => plain(id))),
  files: (value) =>
    listed(items(value).map((one) => plain(member(one.external, 'url') ?? member(one.file, 'url')))),
  date: (value) => [member(value, 'start'), member(value, 'end')].map(moment).join(' '),
};

/**
 * What the value of a property says, in a form in which the same value written and read is the same text.
 *
 * @returns null for types that are not written.
 */
export function compared(value: unknown): string | null {
  if (!isObject(value)) return null;
  const type = Object.keys(SAYS).find((one) => one in value);
  const says = type === undefined ? undefined : SAYS[type];
  return type === undefined || says === undefined ? null : `${type} ${says(value[type])}`;
}

function plain(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function textOf(value: unknown): string {
  return items(value)
    .map((one) => plain(member(one.text, 'content') ?? one.plain_text))
    .join('');
}

const listed = (texts: readonly string[]): string => JSON.stringify([...texts].sort());

/** A day is itself; a moment is the same in every zone. */
function moment(value: unknown): string {
  const text = plain(value);
  return text.includes('T') ? String(Date.parse(text)) : text;
}
