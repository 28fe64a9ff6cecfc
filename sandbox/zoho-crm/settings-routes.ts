import type { Request, Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { elementsOf, route } from './call.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { changeStages } from './change-stages.ts';
import { addCustomFields } from './custom-field.ts';
import { CrmFailure, crmError, invalidModule, missingParameter } from './failure.ts';
import { fieldShape } from './field-shape.ts';
import type { CrmModule } from './modules.ts';
import { organisation } from './organisation.ts';
import { userLocalesOf } from './user-locales.ts';
import { userStandingOf } from './user-standing.ts';
import { usersOf } from './users.ts';

/** Modules, fields, users and the organisation. */
export function settingsRoutes(router: Router, desk: VendorDesk): void {
  const catalogue = catalogueOf(desk);
  const locales = userLocalesOf(desk);
  const standing = userStandingOf(desk);
  const fieldsRead = 'ZohoCRM.settings.fields.READ';

  router.get(
    '/settings/fields',
    route(desk, [fieldsRead], ({ request }) => {
      const module = moduleAsked(catalogue, request);
      return {
        status: 200,
        body: { fields: module.fields.map((field) => fieldShape(catalogue, module, field)) },
      };
    }),
  );
  router.get(
    '/settings/fields/:id',
    route(desk, [fieldsRead], ({ request }) => {
      const module = moduleAsked(catalogue, request);
      const field = module.fields.find(
        ({ apiName }) => catalogue.fieldId(module.apiName, apiName) === request.params.id,
      );
      return field
        ? { status: 200, body: { fields: [fieldShape(catalogue, module, field)] } }
        : { status: 204 };
    }),
  );
  router.post(
    '/settings/fields',
    route(desk, ['ZohoCRM.settings.fields.CREATE'], ({ request }) => {
      const module = moduleAsked(catalogue, request);
      return {
        status: 201,
        body: { fields: addCustomFields(desk, module, elementsOf(bodyOf(request).json, 'fields')) },
      };
    }),
  );
  router.patch(
    '/settings/fields/:id',
    route(desk, ['ZohoCRM.settings.fields.UPDATE'], ({ request }) => {
      const module = moduleAsked(catalogue, request);
      const id = String(request.params.id);
      const [wish = {}] = elementsOf(bodyOf(request).json, 'fields');
      const values = wish.pick_list_values;
      // What the sandbox changes of a field are the stages; for anything else it would have to invent.
      if (module.apiName !== 'Deals' || catalogue.fieldId('Deals', 'Stage') !== id || !Array.isArray(values))
        throw new CrmFailure(
          400,
          crmError('INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 2 }),
          'fields',
        );
      changeStages(desk, values);
      return {
        status: 200,
        body: { fields: [{ code: 'SUCCESS', details: { id }, message: 'field updated', status: 'success' }] },
      };
    }),
  );
  router.delete(
    '/settings/fields/:id',
    route(desk, ['ZohoCRM.settings.fields.DELETE'], ({ request }) => {
      const id = String(request.params.id);
      if (!catalogue.removeField(id))
        throw new CrmFailure(
          400,
          crmError('INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 2 }),
          'fields',
        );
      return {
        status: 200,
        body: { fields: [{ code: 'SUCCESS', details: { id }, message: 'field deleted', status: 'success' }] },
      };
    }),
  );

  router.get(
    '/settings/modules',
    route(desk, ['ZohoCRM.settings.modules.READ'], () => ({
      status: 200,
      body: { modules: catalogue.modules().map((module, index) => moduleShape(catalogue, module, index)) },
    })),
  );
  router.get(
    '/settings/modules/:module',
    route(desk, ['ZohoCRM.settings.modules.READ'], ({ request }) => {
      const found = catalogue
        .modules()
        .findIndex(
          ({ apiName }) =>
            apiName === request.params.module || catalogue.moduleId(apiName) === request.params.module,
        );
      const module = catalogue.modules()[found];
      if (!module) throw invalidModule();
      return { status: 200, body: { modules: [moduleShape(catalogue, module, found)] } };
    }),
  );

  router.get(
    '/users',
    route(desk, ['ZohoCRM.users.READ'], ({ request, user }) =>
      usersOf(String(request.query.type ?? 'AllUsers'), user.id, locales.chosen, standing.isActive),
    ),
  );
  router.get(
    '/users/:id',
    route(desk, ['ZohoCRM.users.READ'], ({ request, user }) =>
      usersOf(String(request.params.id), user.id, locales.chosen, standing.isActive),
    ),
  );
  router.get(
    '/org',
    route(desk, ['ZohoCRM.org.READ'], () => ({ status: 200, body: { org: [organisation] } })),
  );
}

function moduleAsked(catalogue: Catalogue, request: Request): CrmModule {
  const { module } = request.query;
  if (typeof module !== 'string' || module === '') throw missingParameter('module');
  const found = catalogue.module(module);
  if (!found)
    throw new CrmFailure(
      400,
      crmError('INVALID_MODULE', 'the module name given seems to be invalid', { param_name: 'module' }),
    );
  return found;
}

function moduleShape(catalogue: Catalogue, module: CrmModule, index: number): object {
  return {
    id: catalogue.moduleId(module.apiName),
    api_name: module.apiName,
    module_name: module.plural,
    singular_label: module.singular,
    plural_label: module.plural,
    actual_singular_label: module.singular,
    actual_plural_label: module.plural,
    generated_type: 'default',
    module_type: 'ENTITIES',
    access_type: 'org_based',
    status: 'visible',
    sequence_number: index + 1,
    visibility: 1,
    api_supported: true,
    creatable: true,
    editable: true,
    deletable: true,
    viewable: true,
    lookupable: true,
    convertable: module.apiName === 'Leads',
    show_as_tab: true,
    quick_create: true,
    filter_supported: true,
    feeds_required: false,
    scoring_supported: module.workflows,
    webform_supported: false,
    triggers_supported: module.workflows,
    isBlueprintSupported: module.workflows,
    emailTemplate_support: false,
    email_parser_supported: false,
    inventory_template_supported: false,
    global_search_supported: true,
    presence_sub_menu: true,
    sub_menu_available: true,
    recycle_bin_on_delete: true,
    public_fields_configured: false,
    has_more_profiles: false,
    profile_count: 2,
    business_card_field_limit: 5,
    track_current_data: false,
    description: null,
    web_link: null,
    modified_by: null,
    modified_time: null,
    arguments: [],
    profiles: [
      { name: 'Administrator', id: '4876876000000040001' },
      { name: 'Standard', id: '4876876000000040002' },
    ],
  };
}
