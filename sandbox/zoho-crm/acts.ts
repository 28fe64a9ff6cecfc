import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { followUp } from './effects.ts';
import type { CrmModule } from './modules.ts';
import { userRef } from './people.ts';
import { type CrmRecord, recordsOf, shown } from './record.ts';
import { type Values, validate } from './validate.ts';
import { type Change, insertAll, update } from './write.ts';

/**
 * What people do in the CRM's own screens, for scenarios: workflow rules and notifications follow as they
 * do there, and the ledger, which counts what came through the API, says nothing of it.
 *
 * @param user key of one of the company's users, who is then the one who modified it.
 */
export function editRecord(
  desk: VendorDesk,
  moduleName: string,
  id: string,
  values: Values,
  user = 'claire',
): Record<string, unknown> {
  const module = moduleOf(desk, moduleName);
  const before = recordsOf(desk, moduleName).get(id);
  if (!before) throw new Error(`The CRM has no record ${id} in ${moduleName}.`);
  return finish(
    desk,
    module,
    update(desk, module, before, read(desk, module, values, before), userRef(user)),
  );
}

export function createRecord(
  desk: VendorDesk,
  moduleName: string,
  values: Values,
  user = 'claire',
): Record<string, unknown> {
  const module = moduleOf(desk, moduleName);
  const [first, ...others] = insertAll(desk, module, read(desk, module, values), userRef(user));
  if (others.length > 0) followUp(desk, others, undefined);
  if (first === undefined) throw new Error('Nothing was made.');
  return finish(desk, module, first);
}

/** The first record whose field holds exactly this value, as the API would show it. */
export function findRecord(
  desk: VendorDesk,
  moduleName: string,
  apiName: string,
  value: unknown,
): Record<string, unknown> | undefined {
  const found = recordsOf(desk, moduleName)
    .all()
    .find((record) => record[apiName] === value);
  return found && shown(desk, moduleOf(desk, moduleName), found);
}

function read(desk: VendorDesk, module: CrmModule, values: Values, existing?: CrmRecord): Values {
  const result = validate(desk, module, values, '$', existing);
  if ('error' in result) throw new Error(`${result.error.message}: ${JSON.stringify(result.error.details)}`);
  return result.values;
}

function finish(desk: VendorDesk, module: CrmModule, change: Change): Record<string, unknown> {
  followUp(desk, [change], undefined);
  return change.after ? shown(desk, module, change.after) : {};
}

function moduleOf(desk: VendorDesk, apiName: string): CrmModule {
  const module = catalogueOf(desk).module(apiName);
  if (!module) throw new Error(`The CRM has no module called "${apiName}".`);
  return module;
}
