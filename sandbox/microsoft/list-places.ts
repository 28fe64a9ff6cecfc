import type { VendorDesk } from '../core/simulator.ts';
import { badRequest, GraphRefusal } from './refusal.ts';

/** Where a list of changes goes on, in a link. */
export interface ListPlace {
  readonly kind: 'page' | 'sync';
}

const epochs = (desk: VendorDesk) => desk.table<{ readonly value: string }>('epoch');
const epochOf = (desk: VendorDesk): string => epochs(desk).get('epoch')?.value ?? '';

/** A new value ends every link; `as` is how Graph says so: both ways are documented. */
export const endLinks = (desk: VendorDesk, as: 410 | 400 = 410): void =>
  void epochs(desk).put('epoch', { value: `${desk.id('', 8)} ${as}` });

export const writtenPlace = (desk: VendorDesk, place: ListPlace): string =>
  Buffer.from(JSON.stringify({ ...place, epoch: epochOf(desk) })).toString('base64url');

/** @param list address of the list, told to whoever has to begin anew. */
export function placeIn<Place extends ListPlace>(
  desk: VendorDesk,
  text: string,
  kind: Place['kind'],
  list: string,
): Place {
  let place: (Place & { readonly epoch: string }) | undefined;
  try {
    place = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as typeof place;
  } catch {
    place = undefined;
  }
  if (place?.kind !== kind) throw badRequest('The token of the list is malformed.', 'ErrorInvalidUrlQuery');
  if (place.epoch !== epochOf(desk)) throw lost(epochOf(desk), list);
  return place;
}

/** https://learn.microsoft.com/graph/delta-query-overview#synchronization-reset */
const lost = (epoch: string, list: string): GraphRefusal =>
  epoch.endsWith(' 400')
    ? new GraphRefusal(400, 'syncStateInvalid', 'The sync state is invalid.')
    : new GraphRefusal(410, 'syncStateNotFound', 'The sync state generation is not found.', {
        Location: list,
      });
