import type { Catalogue } from './catalogue.ts';
import type { DataType, Field } from './field.ts';
import type { CrmModule } from './modules.ts';

const JSON_TYPES: Partial<Record<DataType, string>> = {
  lookup: 'jsonobject',
  ownerlookup: 'jsonobject',
  integer: 'integer',
  bigint: 'string',
  double: 'double',
  currency: 'double',
  percent: 'double',
  boolean: 'boolean',
  multiselectpicklist: 'jsonarray',
  participants: 'jsonarray',
  event_reminder: 'jsonarray',
  RRULE: 'jsonobject',
};

const PROFILES = [
  { permission_type: 'read_write', name: 'Administrator', id: '4876876000000040001' },
  { permission_type: 'read_write', name: 'Standard', id: '4876876000000040002' },
];

/** Field metadata. https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html */
export function fieldShape(catalogue: Catalogue, module: CrmModule, field: Field): object {
  const id = catalogue.fieldId(module.apiName, field.apiName);
  const writable = !field.readOnly;
  const isChoice = field.type === 'picklist' || field.type === 'multiselectpicklist';
  return {
    id,
    api_name: field.apiName,
    field_label: field.label,
    display_label: field.label,
    // What Zoho calls a meeting's participants is not documented.
    data_type: field.type === 'participants' ? 'text' : field.type,
    json_type: JSON_TYPES[field.type] ?? 'string',
    length: field.length,
    system_mandatory: field.mandatory && !field.custom,
    read_only: field.readOnly,
    field_read_only: field.readOnly,
    custom_field: field.custom,
    created_source: field.custom ? 'user' : 'default',
    visible: true,
    filterable: true,
    sortable: true,
    searchable: true,
    webhook: true,
    display_field: field.apiName === module.nameField,
    mass_update: writable,
    separator: false,
    virtual_field: field.apiName === 'Full_Name',
    public: false,
    businesscard_supported: true,
    history_tracking_enabled: false,
    history_tracking: null,
    colour_code_enabled_by_system: false,
    enable_colour_code: false,
    pick_list_values_sorted_lexically: false,
    display_type: -1,
    ui_type: 1,
    type: 'used',
    tooltip: null,
    display_format_properties: null,
    external: null,
    private: null,
    crypt: null,
    range: null,
    hipaa_compliance: null,
    hipaa_compliance_enabled: false,
    rollup_summary: {},
    formula: {},
    auto_number: {},
    multiselectlookup: {},
    multi_module_lookup: {},
    association_details: null,
    additional_column: null,
    global_picklist: null,
    decimal_place: field.type === 'double' || field.type === 'currency' ? 2 : null,
    unique: field.unique ? { case_sensitive: false } : {},
    currency: field.type === 'currency' ? { rounding_option: 'normal', precision: 2 } : {},
    operation_type: {
      web_update: writable,
      api_create: writable,
      web_create: writable,
      api_update: writable,
    },
    view_type: { view: true, edit: writable, quick_create: field.mandatory, create: writable },
    email_parser: { fields_update_supported: writable, record_operations_supported: writable },
    convert_mapping: {},
    profiles: PROFILES,
    pick_list_values: isChoice
      ? field.options.map((value, index) => choice(id, value, index, field.optionIds?.[index]))
      : [],
    lookup: field.lookup === null ? {} : lookupShape(catalogue, module, field, id),
  };
}

function choice(fieldId: string, value: string, index: number, own: string | undefined): object {
  const id = own ?? `${fieldId.slice(0, 12)}${fieldId.slice(-5)}${String(index).padStart(2, '0')}`;
  return {
    display_value: value,
    actual_value: value,
    reference_value: value,
    sequence_number: index + 1,
    id,
    type: 'used',
  };
}

function lookupShape(catalogue: Catalogue, module: CrmModule, field: Field, id: string): object {
  const target = field.lookup === '*' ? 'se_module' : (field.lookup ?? '');
  return {
    display_label: module.plural,
    revalidate_filter_during_edit: false,
    api_name: module.apiName,
    module: { api_name: target, crypt: false, id: catalogue.moduleId(target) },
    id,
    query_details: { system_query_id: null },
  };
}
