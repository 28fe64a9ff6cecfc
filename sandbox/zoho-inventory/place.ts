import { type Fields, text } from '../zoho-books/fields.ts';
import { invalid } from '../zoho-books/refusal.ts';

/** The one place where the company keeps its goods. */
export const LOCATION = { location_id: '48760000000000601', location_name: 'Atelier' } as const;

/** What names a place names one that there is, or none. https://www.zoho.com/inventory/api/v1/locations/ */
export function atKnownPlace(fields: Fields): void {
  const asked = text(fields, 'location_id');
  if (asked !== '' && asked !== LOCATION.location_id) throw invalid('location_id');
}
