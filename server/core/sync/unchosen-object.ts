import type { Connector } from '../connector.ts';
import { nobodyChose } from '../nobody-chose.ts';
import type { Capability } from '../offers.ts';
import type { RoleDeclaration } from '../roles.ts';
import type { Sentence } from '../sentence.ts';
import { type SyncSide, syncSide } from '../sync-flow.ts';
import type { SyncObject } from '../sync-object.ts';

/** Of no vendor: no account can be of it, and nothing is reached. */
const noConnector = (titles: Sentence, nobody: () => Promise<never>): Connector => ({
  id: '',
  titles,
  authorisation: { kind: 'key', header: null, fields: {}, instructions: { en: '', fr: '' } },
  hosts: {},
  budgets: [],
  objects: [],
  client: () => undefined,
  identify: nobody,
  classify: () => null,
});

/**
 * What stands for the records of any application while none is chosen, so that a document can tell what becomes of them.
 *
 * @param parts what the fields of all of them are, by ids of ours.
 */
export function unchosenObject(about: {
  readonly id: string;
  readonly titles: Sentence;
  readonly offers: Capability;
  readonly parts: Readonly<Record<string, Sentence>>;
}): SyncObject {
  const nobody = async (): Promise<never> => {
    throw nobodyChose({ offers: about.offers });
  };
  return {
    id: about.id,
    connector: noConnector(about.titles, nobody),
    titles: about.titles,
    fields: nobody,
    usualFields: Object.entries(about.parts).map(([id, titles]) => ({ id, titles })),
    changes: nobody,
    read: nobody,
    create: nobody,
    update: nobody,
    remove: nobody,
    batch: { list: 1, read: 1, create: 1, update: 1, remove: 1 },
    lagMs: 0,
    topics: [],
  };
}

/** A side of a sync while nobody chose an account for it: it says so, whatever is asked of it. */
export const sideWithout = (object: SyncObject, role: RoleDeclaration): SyncSide => ({
  ...syncSide(object),
  missing: nobodyChose(role),
});
