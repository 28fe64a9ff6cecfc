import type { VendorDesk } from '../core/simulator.ts';
import type { Reply } from '../kit/refusal.ts';
import { type ListPlace, placeIn, writtenPlace } from '../microsoft/list-places.ts';
import { type Call, context, type Operation } from '../microsoft/operation.ts';
import { badRequest } from '../microsoft/refusal.ts';
import { contactsIn, newestSeq } from './book.ts';
import { type ContactRow, contactsTables, type RemovalRow, USUAL_FOLDER } from './rows.ts';
import { READ } from './scopes.ts';
import { shownContact, shownId } from './shown-contact.ts';

const PAGE = { usual: 10, most: 500 } as const;
const LINK = 'https://graph.microsoft.com/v1.0/me/contacts/delta';

/** https://learn.microsoft.com/graph/api/contact-delta */
export const deltaOperations: readonly Operation[] = [
  { method: 'GET', path: '/me/contacts/delta', scopes: READ, run: delta },
  { method: 'GET', path: '/me/contacts/delta()', scopes: READ, run: delta },
];

/** Where a list goes on. */
interface Place extends ListPlace {
  /** Changes up to this number were shown. */
  readonly after: number;
  /** For the last page: what comes after is told by the next round. */
  readonly upTo: number;
  /** A page of changes, not of everything. */
  readonly changes: boolean;
}

/** Nothing but its own tokens: any other choice is refused, as Outlook's list of changes to contacts does. */
function delta({ desk, query, prefers }: Call): Reply {
  const strange = [...query.keys()].find((name) => name !== '$deltatoken' && name !== '$skiptoken');
  if (strange !== undefined)
    throw badRequest(
      `The following parameters are not supported with change tracking over the 'Contacts' resource: '${strange}'.`,
      'ErrorInvalidUrlQuery',
    );
  const from = startOf(desk, query);
  const rows: readonly (ContactRow | RemovalRow)[] = [
    ...contactsIn(desk, USUAL_FOLDER),
    ...(from.changes ? removalsOf(desk) : []),
  ];
  const rest = rows.filter(({ seq }) => seq > from.after).sort((a, b) => a.seq - b.seq);
  const page = rest.slice(0, Math.min(prefers.pageSize ?? PAGE.usual, PAGE.most));
  const more = rest.length > page.length;
  const next = { upTo: from.upTo, changes: from.changes, after: page.at(-1)?.seq ?? from.after };
  const link = (name: string, place: Place) => `${LINK}?${name}=${writtenPlace(desk, place)}`;
  return {
    body: {
      ...context('Collection(contact)'),
      ...(more
        ? { '@odata.nextLink': link('$skiptoken', { ...next, kind: 'page' }) }
        : {
            '@odata.deltaLink': link('$deltatoken', {
              kind: 'sync',
              after: from.upTo,
              upTo: 0,
              changes: true,
            }),
          }),
      value: page.map((row) =>
        'contact' in row
          ? shownContact(row, prefers.immutableIds, null)
          : { id: shownId(row, prefers.immutableIds), '@removed': { reason: 'deleted' } },
      ),
    },
  };
}

function startOf(desk: VendorDesk, query: URLSearchParams): Omit<Place, 'kind'> {
  const [page, sync] = [query.get('$skiptoken'), query.get('$deltatoken')];
  if (page !== null) return placeIn<Place>(desk, page, 'page', LINK);
  if (sync === null) return { after: 0, upTo: newestSeq(desk), changes: false };
  return { ...placeIn<Place>(desk, sync, 'sync', LINK), upTo: newestSeq(desk) };
}

const removalsOf = (desk: VendorDesk): RemovalRow[] =>
  contactsTables(desk)
    .removals.all()
    .filter(({ folder }) => folder === USUAL_FOLDER);
