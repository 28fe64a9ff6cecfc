import type { CrmModule } from './modules.ts';

/**
 * Fills `${!Deals.Deal Id}` and `${!Deals.Deal_Name}` from a record: a field is named by its label or by
 * its API name. Unknown ones and other modules' become empty, as the CRM leaves them.
 *
 * @param escaped applied to each value before it is put in.
 */
export function fillMergeFields(
  template: string,
  module: CrmModule,
  record: Readonly<Record<string, unknown>>,
  escaped = (value: string): string => value,
): string {
  return template.replaceAll(/\$\{!([^.{}]+)\.([^{}]+)\}/g, (_whole, moduleName: string, name: string) => {
    if (!named(moduleName, module.apiName, module.plural, module.singular)) return '';
    const field = module.fields.find(({ apiName, label }) => named(name, apiName, label));
    return field ? escaped(written(record[field.apiName])) : '';
  });
}

/** For values inside a JSON text: quotes, backslashes and line ends are escaped. */
export const insideJson = (value: string): string => JSON.stringify(value).slice(1, -1);

const named = (text: string, ...names: string[]): boolean =>
  names.some((name) => name.toLowerCase() === text.trim().toLowerCase());

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(written).join(';');
  if (typeof value === 'object') return String((value as { name?: unknown }).name ?? '');
  return String(value);
}
