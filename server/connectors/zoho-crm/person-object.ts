import type { PeopleObject } from '../../core/sync/person.ts';
import type { Facts, ObjectOptions, SideRecord, WriteOutcome } from '../../core/sync-object.ts';
import { accountCompanions } from './account-companions.ts';
import type { ZohoCrmClient } from './client.ts';
import { zohoCrm } from './connector.ts';
import { MOST_ROWS } from './coql.ts';
import { countFitting } from './filter-count.ts';
import { filterFields } from './filter-fields.ts';
import { moduleChanges } from './module-changes.ts';
import { inTab } from './objects.ts';
import { fieldWish, personFields } from './person-fields.ts';
import { NAME, type PersonModule } from './person-modules.ts';
import { columnsOf, personRecord } from './person-values.ts';
import { createPersons, updatePersons } from './person-writes.ts';
import { factColumns, factsOfRecord, factsOfRows, factsPlan } from './record-facts.ts';
import type { CrmRecord } from './records.ts';
import { MOST_IDS, MOST_PER_WRITE } from './records.ts';
import { MOST_REMOVED } from './removals.ts';
import { contactOptions } from './side-options.ts';
import { asTheirs, OWNER, owned, theirs } from './users.ts';
import { USUAL_FIELDS } from './usual-fields.ts';

const ownerColumn = (options: ObjectOptions): string[] => (options[OWNER] === undefined ? [] : ['Owner']);

/**
 * A module of people as a sync sees it. One option where a person's company is an account: `createAccounts`, whether
 * one that the CRM does not know is made, beside the people, as a companion.
 */
export function personObject(module: PersonModule): PeopleObject<ZohoCrmClient> {
  const { apiName, objectId, titles, company } = module;
  const recordOf = (row: CrmRecord, fields: readonly string[], facts: Facts | undefined): SideRecord => ({
    ...personRecord(module, row, fields),
    ...(facts === undefined ? {} : { facts }),
  });
  return {
    id: objectId,
    connector: zohoCrm,
    titles,
    // Only a company that is an account of its own can be made.
    options: module.account === null ? [] : contactOptions,
    fields: async (client, options) => personFields(module, await client.fields(apiName), options),

    usualFields: USUAL_FIELDS,
    person: {
      parts: {
        name: NAME,
        email: 'Email',
        phone: 'Phone',
        company,
        consent: 'Email_Opt_Out',
        labels: 'Lead_Source',
      },
      alsoKnownBy: [['name', 'phone']],
    },

    filterFields: (client) => filterFields(client, apiName),
    countFitting: (client, kept, { place, options }) =>
      countFitting(client, apiName, kept, place, theirs(options)),

    async changes(client, { cursor, fields, facts = [], options }) {
      const own = [...columnsOf(module, fields, true), ...ownerColumn(options)];
      const plan = await factsPlan(client, apiName, facts, own);
      const { rows, ...found } = await moduleChanges(client, apiName, [...own, ...plan.columns], cursor);
      const told = await factsOfRows(client, apiName, rows, plan);
      return {
        ...found,
        records: rows.map((row, index) => asTheirs(recordOf(row, fields, told[index]), row.Owner, options)),
      };
    },

    async read(client, { ids, fields, facts = [], options }) {
      const asked = await factColumns(client, apiName, facts);
      const own = [...columnsOf(module, fields, false), ...ownerColumn(options)];
      const rows = await client.records(apiName, ids, [...new Set([...own, ...asked])]);
      return rows.map((row) => {
        const told = facts.length === 0 ? undefined : factsOfRecord(row, facts);
        return asTheirs(recordOf(row, fields, told), row.Owner, options);
      });
    },

    create: (client, drafts, options) => createPersons(client, module, drafts, owned(options)),
    update: (client, patches) => updatePersons(client, module, patches),
    ...(module.account === null ? {} : { companions: accountCompanions }),

    async remove(client, ids) {
      const removals = await client.remove(apiName, ids);
      return removals.map(
        (removal, index): WriteOutcome =>
          removal.ok ? { ok: true, id: ids[index] ?? '', version: null } : removal,
      );
    },

    batch: {
      list: MOST_ROWS,
      read: MOST_IDS,
      create: MOST_PER_WRITE,
      update: MOST_PER_WRITE,
      remove: MOST_REMOVED,
    },
    // What the API stored is what it shows, also to queries.
    lagMs: 0,
    async makeFields(client, wishes) {
      const made = await client.ensureFields(
        apiName,
        wishes.map(({ name, kind }) => fieldWish(name, kind)),
      );
      return wishes.map(({ name }) => made[name] ?? name);
    },
    topics: [`${apiName}.insert`, `${apiName}.update`, `${apiName}.delete`],
    cost: {
      unit: { en: 'CRM credits', fr: 'crédits CRM' },
      // https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html
      credits: ({ list, read, records }) => list * 3 + read + Math.ceil(records / 10),
    },
    url: inTab(apiName),
  };
}
