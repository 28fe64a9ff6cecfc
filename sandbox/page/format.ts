import { company } from '../company/index.ts';
import { type Html, html } from './html.ts';
import type { View } from './view.ts';

const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;

export const localeOf = (view: View): string => LOCALES[view.language];

/** A count of things whose plural has an s; nothing and less than two are singular in French. */
export const counted = (view: View, count: number, en: string, fr: string): string =>
  view.t(`${count} ${en}${count === 1 ? '' : 's'}`, `${count} ${fr}${count < 2 ? '' : 's'}`);

/** An amount in major units of a currency; whatever the currency is called, an answer. */
export function money(view: View, amount: number, currency: string, decimals?: number): string {
  const digits =
    decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  try {
    return new Intl.NumberFormat(localeOf(view), { style: 'currency', currency, ...digits }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** A moment on the company's clock; what is no moment is shown as it is. */
export function moment(view: View, at: string | number | Date): Html {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`${String(at)}`;
  const shown = new Intl.DateTimeFormat(localeOf(view), {
    timeZone: company.timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(date);
  return html`<time datetime="${date.toISOString()}">${shown}</time>`;
}

/** `2026-11-24` as people of the language write a day. */
export function day(view: View, date: string): string {
  const moment = new Date(`${date}T00:00:00Z`);
  if (date === '' || Number.isNaN(moment.getTime())) return date;
  return new Intl.DateTimeFormat(localeOf(view), { timeZone: 'UTC', dateStyle: 'medium' }).format(moment);
}

/** A size as people of the language write it: `1.4 MB`, `1,4 Mo`. */
export function fileSize(view: View, bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(localeOf(view), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1_000 ** step);
}

/** A short word on a coloured ground. The word says it all; the colour only helps. */
export function pill(text: string, mood: 'good' | 'bad' | 'wait' | 'calm'): Html {
  return html`<span class="pill ${mood}">${text}</span>`;
}

/** What stands where there is nothing to show. */
export const empty = (text: string): Html => html`<p class="empty">${text}</p>`;

/** Rows as they are stored, folded away. `key` keeps it open when the page refreshes. */
export function rawRecord(view: View, key: string, record: unknown): Html {
  return html`<details data-key="${key}"><summary>${view.t('raw', 'brut')}</summary><pre>${JSON.stringify(record, null, 2)}</pre></details>`;
}
