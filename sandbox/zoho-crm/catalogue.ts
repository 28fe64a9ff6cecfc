import type { VendorDesk } from '../core/simulator.ts';
import type { Field } from './field.ts';
import { type CrmModule, MODULES } from './modules.ts';
import { stagesOf } from './stages.ts';

export interface CustomField {
  readonly id: string;
  readonly module: string;
  readonly field: Field;
}

/** The organisation's modules with its custom fields. Custom fields are settings: they survive a reset. */
export interface Catalogue {
  module(apiName: string): CrmModule | undefined;
  modules(): readonly CrmModule[];
  moduleId(apiName: string): string;
  fieldId(module: string, apiName: string): string;
  addField(module: string, field: Field): string;
  removeField(id: string): boolean;
}

// Settings have ids of their own range, so that none ever equals a record's.
const MODULE_IDS = '4876876000000001';
const FIELD_IDS = '48768760000001';
const CUSTOM_FIELD_IDS = '487687600000020';

export function catalogueOf(desk: VendorDesk): Catalogue {
  const custom = desk.table<CustomField>('custom-fields', { kept: true });
  const indexOf = (apiName: string): number => MODULES.findIndex((one) => one.apiName === apiName);
  const withStages = (one: CrmModule): CrmModule => {
    if (one.apiName !== 'Deals') return one;
    const stages = stagesOf(desk);
    const options = stages.map(({ value }) => value);
    const optionIds = stages.map(({ id }) => id);
    return {
      ...one,
      fields: one.fields.map((field) =>
        field.apiName === 'Stage' ? { ...field, options, optionIds } : field,
      ),
    };
  };
  const withCustom = (shipped: CrmModule): CrmModule => {
    const one = withStages(shipped);
    const added = custom.all().filter(({ module }) => module === one.apiName);
    return added.length === 0 ? one : { ...one, fields: [...one.fields, ...added.map(({ field }) => field)] };
  };
  return {
    module(apiName) {
      const found = MODULES[indexOf(apiName)];
      return found && withCustom(found);
    },
    modules: () => MODULES.map(withCustom),
    moduleId: (apiName) => `${MODULE_IDS}${String(indexOf(apiName)).padStart(3, '0')}`,
    fieldId(module, apiName) {
      const added = custom.all().find((one) => one.module === module && one.field.apiName === apiName);
      if (added) return added.id;
      const place = MODULES[indexOf(module)]?.fields.findIndex((one) => one.apiName === apiName) ?? 0;
      return `${FIELD_IDS}${String(indexOf(module)).padStart(2, '0')}${String(place).padStart(3, '0')}`;
    },
    addField(module, field) {
      const id = desk.digits(CUSTOM_FIELD_IDS, 4);
      custom.put(id, { id, module, field });
      return id;
    },
    removeField: (id) => custom.delete(id),
  };
}
