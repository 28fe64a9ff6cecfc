import { asLiaisonError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { lookAtStaff, type StaffParts } from '../engine/personal/look-at-staff.ts';
import { organisationsWithPersons } from '../store/persons.ts';

/**
 * Looks now and then who still works where persons have something of their own: one call to the home application for
 * each two hundred persons, and none for organisations where nobody has or is offered anything.
 *
 * @returns what does a look where one is due.
 */
export function staffWatch(
  parts: StaffParts & { readonly log: Log },
  everyMs: number,
  now: () => number,
): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - lookedAt < everyMs) return;
    lookedAt = now();
    for (const organisationId of await organisationsWithPersons(parts.database)) {
      try {
        await lookAtStaff(parts, organisationId);
      } catch (thrown) {
        const { kind, message } = asLiaisonError(thrown);
        parts.log.warn({ organisationId, kind, reason: message }, 'who works here could not be asked');
      }
    }
  };
}
