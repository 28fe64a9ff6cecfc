import { company } from '../company/index.ts';
import { invalid, listed, type Operation } from './api.ts';
import { agentOf, departments, PORTAL, portal, priorities, statuses } from './rows.ts';

const MADE = '2023-02-06T08:30:00.000Z';

/** The portal itself, its departments, and what its tickets may say. */
export const settingsOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/organizations',
    scopes: ['Desk.basic.READ'],
    anyOrganisation: true,
    run: (call) =>
      listed(
        call,
        [
          {
            id: company.zgid,
            companyName: company.name,
            portalName: portal.name,
            portalURL: portal.url,
            edition: portal.edition,
            isDefault: true,
            isAdminInOrg: true,
            currencyCode: company.currency,
            country: company.address.country,
            city: company.address.city,
            isSandboxPortal: false,
          },
        ],
        { most: 100 },
      ),
  },
  {
    method: 'GET',
    path: '/departments',
    scopes: ['Desk.basic.READ'],
    run(call) {
      const wanted = call.query.get('isEnabled');
      const rows = departments.filter((one) => wanted === null || String(one.isEnabled) === wanted);
      const views = rows.map((one) => ({
        ...one,
        ...{ nameInCustomerPortal: one.name, sanitizedName: one.name.toLowerCase().replaceAll(' ', '-') },
        ...{ description: null, creatorId: `${PORTAL}050001`, createdTime: MADE, chatStatus: 'NOT_CREATED' },
        ...{ hasLogo: false, isVisibleInCustomerPortal: true, isAssignToTeamEnabled: true },
      }));
      return listed(call, views, { most: 200 });
    },
  },
  {
    method: 'GET',
    path: '/organizationFields',
    scopes: ['Desk.settings.READ'],
    run(call) {
      if (call.query.get('module') !== 'tickets') throw invalid(['module', 'invalid']);
      return { body: { data: FIELDS } };
    },
  },
  {
    method: 'GET',
    path: '/myinfo',
    scopes: ['Desk.basic.READ'],
    run({ agentId }) {
      const agent = agentOf(agentId);
      return {
        body: {
          id: agentId,
          firstName: agent?.firstName ?? null,
          lastName: agent?.lastName ?? null,
          name: agent ? `${agent.firstName} ${agent.lastName}` : null,
          emailId: agent?.email ?? null,
          status: 'ACTIVE',
          timeZone: company.timeZone,
        },
      };
    },
  },
];

const field = (id: number, apiName: string, displayLabel: string, allowedValues: readonly object[]) => ({
  ...{ id: `${PORTAL}0000${id}`, apiName, name: apiName, displayLabel, i18NLabel: displayLabel },
  ...{ type: allowedValues.length > 0 ? 'Picklist' : 'Text', isCustomField: false, isMandatory: false },
  allowedValues,
});

const FIELDS = [
  { ...field(31, 'subject', 'Subject', []), maxLength: 255, isMandatory: true },
  field(
    33,
    'priority',
    'Priority',
    priorities.map((value) => ({ value })),
  ),
  field(
    35,
    'status',
    'Status',
    Object.entries(statuses).map(([value, statusType]) => ({ value, statusType })),
  ),
];
