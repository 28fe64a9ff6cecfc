/** Markup that may be sent as it is: made by `html`, never from data. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | bigint | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * Builds markup. Whatever is put into it is shown as text, in quoted attributes too; only what `html`
 * itself made stays markup. Lists are joined; null, undefined and false leave nothing.
 *
 * @example html`<li title="${name}">${name}</li>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += markup(part) + (strings[index + 1] ?? '');
  return new Html(text);
}

function markup(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(markup).join('');
  return escaped(String(part));
}
