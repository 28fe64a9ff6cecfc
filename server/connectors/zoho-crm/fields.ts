import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import { settingIds } from './results.ts';

export interface CrmField {
  readonly apiName: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
  readonly length: number | null;
  readonly required: boolean;
  /** Made by the CRM: the API does not write it. */
  readonly readOnly: boolean;
  /** Values of a picklist; empty for other types. */
  readonly choices: readonly string[];
  /** The same values as people see them, each with the id that a new name does not change. */
  readonly options: readonly { readonly id: string; readonly value: string; readonly title: string }[];
  /** Digits after the point; null for what is no number. */
  readonly decimals: number | null;
}

/** A custom field that a flow needs. */
export interface FieldWish {
  /** At most 25 characters; Zoho makes the API name from it. */
  readonly label: string;
  readonly type: 'text' | 'textarea' | 'date' | 'datetime' | 'integer' | 'double' | 'website' | 'boolean';
  readonly length?: number;
}

/** Zoho refuses more fields than this in one call. */
const MOST_FIELDS = 5;
const fieldsSchema = z.object({
  fields: z.array(
    z.object({
      api_name: z.string(),
      field_label: z.string(),
      data_type: z.string(),
      custom_field: z.boolean().catch(false),
      length: z.number().nullish().catch(null),
      system_mandatory: z.boolean().catch(false),
      read_only: z.boolean().catch(false),
      operation_type: z.object({ api_update: z.boolean() }).nullish().catch(null),
      decimal_place: z.number().nullish().catch(null),
      pick_list_values: z
        .array(
          z.object({
            id: z.string().catch(''),
            actual_value: z.string(),
            display_value: z.string().nullish().catch(null),
          }),
        )
        .nullish()
        .catch(null),
    }),
  ),
});

export function fieldCalls(api: ZohoApi) {
  async function fields(module: string): Promise<CrmField[]> {
    const { body } = await api({ path: '/crm/v8/settings/fields', query: { module } });
    if (body === null) return [];
    return readAnswer(fieldsSchema, body, VENDOR).fields.map((field) => ({
      apiName: field.api_name,
      label: field.field_label,
      type: field.data_type,
      custom: field.custom_field,
      length: field.length ?? null,
      required: field.system_mandatory,
      readOnly: field.read_only || field.operation_type?.api_update === false,
      choices: optionsOf(field).map((one) => one.value),
      options: optionsOf(field),
      decimals: field.decimal_place ?? null,
    }));
  }

  return {
    fields,

    /**
     * Makes the custom fields that a module lacks, recognised by their label: safe to repeat.
     *
     * @returns the API name of each wished field, by its label.
     */
    async ensureFields(module: string, wishes: readonly FieldWish[]): Promise<Record<string, string>> {
      const found = await fields(module);
      const missing = wishes.filter((wish) => !found.some((field) => field.label === wish.label));
      for (let from = 0; from < missing.length; from += MOST_FIELDS) {
        const some = missing.slice(from, from + MOST_FIELDS);
        const json = {
          fields: some.map(({ label, type, length }) => ({
            field_label: label,
            data_type: type,
            ...(length === undefined ? {} : { length }),
          })),
        };
        const query = { module };
        const { body } = await api({ method: 'POST', path: '/crm/v8/settings/fields', query, json });
        settingIds(body, 'fields');
      }
      // Zoho makes the API names, so they are read rather than guessed.
      const now = missing.length === 0 ? found : await fields(module);
      return Object.fromEntries(wishes.map(({ label }) => [label, apiNameOf(now, label)]));
    },
  };
}

/** “No choice” stands among the choices, and means a blank. */
/** “No choice” stands among the choices, and means a blank. */
function optionsOf({ pick_list_values: values }: z.output<typeof fieldsSchema>['fields'][number]) {
  return (values ?? [])
    .filter((one) => one.actual_value !== '-None-')
    .map((one) => ({ id: one.id, value: one.actual_value, title: one.display_value ?? one.actual_value }));
}

function apiNameOf(fields: readonly CrmField[], label: string): string {
  const field = fields.find((one) => one.label === label);
  if (field !== undefined) return field.apiName;
  throw new LiaisonError('retry-later', {
    sentence: {
      en: `Zoho CRM does not show the new field “${label}” yet. Nothing to do: Liaison looks again.`,
      fr: `Zoho CRM n’affiche pas encore le nouveau champ «\u00a0${label}\u00a0». Rien à faire\u00a0: Liaison regarde à nouveau.`,
    },
  });
}
