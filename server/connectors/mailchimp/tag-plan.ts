import type { FieldValue } from '../../core/sync-object.ts';

/** Which tags of an audience a flow keeps, and how they stand for the labels of a mapping. */
export interface TagPlan {
  /** Whether the flow may put this tag on people and take it off them; all others are somebody else's. */
  isOurs(tag: string): boolean;
  /** The tags that people with these labels are to have. */
  tagsFor(labels: readonly string[]): string[];
  /** The labels that these tags stand for; what is not ours stands for none. */
  labelsFor(tags: readonly string[]): string[];
}

const lower = (text: string): string => text.trim().toLowerCase();
/** Mailchimp takes tags of the same letters for one, whatever their case. */
export const sameTag = (one: string, other: string): boolean => lower(one) === lower(other);

/**
 * With rules, a label becomes the tags that its rules name, and those of no rule become none. Without, it
 * becomes the tag of its own name behind the prefix.
 *
 * @param rules one `label = tag` on each line, or between semicolons.
 * @example tagPlan('CRM: ', '').tagsFor(['Salon']) // ['CRM: Salon']
 * @example tagPlan('', 'Web Download = Web').tagsFor(['Web Download']) // ['Web']
 */
export function tagPlan(prefix: string, rules: string): TagPlan {
  const pairs = readRules(rules);
  return pairs.length > 0 ? byRules(pairs) : byPrefix(prefix);
}

function byPrefix(prefix: string): TagPlan {
  const isOurs = (tag: string): boolean => tag.toLowerCase().startsWith(prefix.toLowerCase());
  return {
    isOurs,
    tagsFor: (labels) => labels.map((label) => `${prefix}${label}`),
    labelsFor: (tags) => tags.filter(isOurs).map((tag) => tag.slice(prefix.length)),
  };
}

function byRules(pairs: readonly Rule[]): TagPlan {
  const isOurs = (tag: string): boolean => pairs.some((pair) => sameTag(pair.tag, tag));
  return {
    isOurs,
    tagsFor: (labels) => {
      const wanted = pairs.filter((pair) => labels.some((label) => lower(label) === lower(pair.label)));
      return wanted
        .map(({ tag }) => tag)
        .filter((tag, index, all) => all.findIndex((one) => sameTag(one, tag)) === index);
    },
    // Of several labels that mean one tag the first stands for it.
    labelsFor: (tags) => tags.flatMap((tag) => pairs.find((pair) => sameTag(pair.tag, tag))?.label ?? []),
  };
}

interface Rule {
  readonly label: string;
  readonly tag: string;
}

function readRules(text: string): Rule[] {
  return text.split(/[\n;]/).flatMap((line) => {
    const [label = '', ...rest] = line.split('=');
    const rule = { label: label.trim(), tag: rest.join('=').trim() };
    return rule.label === '' || rule.tag === '' ? [] : [rule];
  });
}

/** Labels as a mapping hands them over: a list, or one text. */
export function labelsOf(value: FieldValue | undefined): string[] {
  const values = Array.isArray(value) ? value : [value ?? null];
  return values.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
}
