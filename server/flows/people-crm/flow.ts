import { peopleObjects } from '../../connectors/people.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { PeopleObject } from '../../core/sync/person.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { peopleSync } from './people-sync.ts';

/**
 * People of whichever application, and those of the CRM.
 *
 * @param objects what there is to choose from, the CRM's own among them.
 */
// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
export function peopleWithCrm(objects: readonly PeopleObject<any>[]): SyncFlow {
  const isOfCrm = ({ connector }: Pick<PeopleObject, 'connector'>) => connector.id === zohoCrm.id;
  return peopleSync({
    id: 'people-crm',
    titles: { en: 'People: any application ↔ CRM', fr: 'Personnes\u00a0: toute application ↔ CRM' },
    direction: {
      en: 'Keeps the people of an application that you choose (an address book, an audience) and the contacts or leads of Zoho CRM equal, both ways.',
      fr: 'Maintient identiques, dans les deux sens, les personnes d’une application que vous choisissez (un carnet d’adresses, une audience) et les contacts ou prospects de Zoho CRM.',
    },
    native: {
      en: 'Zoho CRM has syncs of its own for some address books (Setup › Marketplace). Use them when one user accepts that one side always wins. Prefer this flow for a master per field, a preview, a history and an undo, the same for every application.',
      fr: 'Zoho CRM a ses propres synchronisations pour certains carnets d’adresses (Paramètres › Marketplace). Utilisez-les si un seul utilisateur est concerné et accepte qu’un côté l’emporte toujours. Préférez ce flux pour un maître par champ, un aperçu, un historique et une annulation, pareils pour toute application.',
    },
    purpose: 'people',
    left: {
      role: {
        offers: 'people',
        apartFrom: zohoCrm.id,
        titles: { en: 'Address book or audience', fr: 'Carnet d’adresses ou audience' },
      },
      objects: objects.filter((object) => !isOfCrm(object)),
    },
    right: { role: { connector: zohoCrm.id }, objects: objects.filter(isOfCrm) },
  });
}

/** With everything that a connector offers as people. */
export const peopleCrm = peopleWithCrm(peopleObjects);
