import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, elementsOf, route } from './call.ts';
import { convertedOf, convertLead } from './convert.ts';
import { CrmFailure, crmError, invalidId } from './failure.ts';
import { recordsOf } from './record.ts';

/** https://www.zoho.com/crm/developer/docs/api/v8/convert-lead.html */
export function convertRoutes(router: Router, desk: VendorDesk): void {
  router.post('/Leads/:id/actions/convert', route(desk, ['ZohoCRM.modules.leads.CREATE'], convert));
}

function convert({ desk, request, user }: Call) {
  const id = String(request.params.id);
  elementsOf(bodyOf(request).json, 'data');
  if (convertedOf(desk).get(id))
    throw new CrmFailure(400, crmError('ID_ALREADY_CONVERTED', 'id already converted'));
  const lead = recordsOf(desk, 'Leads').get(id);
  if (lead === undefined) throw invalidId();
  const { contact, account } = convertLead(desk, lead, user);
  desk.wrote({
    operation: 'POST /Leads/:id/actions/convert',
    object: 'lead',
    id,
    action: 'update',
    marker: null,
    record: { ...lead, Converted_Contact: contact, Converted_Account: account },
  });
  const done = {
    code: 'SUCCESS',
    details: { Contacts: contact, Deals: null, Accounts: account },
    message: 'The record has been converted successfully',
    status: 'success',
  };
  return { status: 200, body: { data: [done] } };
}
