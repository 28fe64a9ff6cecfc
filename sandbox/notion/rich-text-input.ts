import { isMembers } from '../kit/json-body.ts';
import { invalidBody } from './refusal.ts';
import { onlyActedOn } from './unsimulated.ts';

/** https://developers.notion.com/reference/request-limits */
const LONGEST = 2_000;
export const MOST_ITEMS = 100;

/** The texts of a `rich_text` that came in, or its refusal. */
export function textsIn(place: string, given: unknown): string[] {
  if (!Array.isArray(given)) throw invalidBody(place, `should be an array, instead was \`${shown(given)}\``);
  if (given.length > MOST_ITEMS)
    throw invalidBody(`${place}.length`, `should be ≤ \`${MOST_ITEMS}\`, instead was \`${given.length}\``);
  return given.map((item: unknown, at) => {
    const text = isMembers(item) ? item.text : undefined;
    if (!isMembers(text))
      throw invalidBody(`${place}[${at}].text`, 'should be defined, instead was `undefined`');
    onlyActedOn(`${place}[${at}]`, item as object, ['type', 'text']);
    onlyActedOn(`${place}[${at}].text`, text, text.link === null ? ['content', 'link'] : ['content']);
    const { content } = text;
    const own = `${place}[${at}].text.content`;
    if (typeof content !== 'string')
      throw invalidBody(own, `should be a string, instead was \`${shown(content)}\``);
    if (content.length > LONGEST)
      throw invalidBody(`${own}.length`, `should be ≤ \`${LONGEST}\`, instead was \`${content.length}\``);
    if (!content.isWellFormed()) throw invalidBody(own, 'should be well-formed Unicode');
    return content;
  });
}

export const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'undefined';
