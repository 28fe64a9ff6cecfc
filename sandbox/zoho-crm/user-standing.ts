import type { VendorDesk } from '../core/simulator.ts';
import { people } from './people.ts';

const tableOf = (desk: VendorDesk) => desk.table<{ active: boolean }>('user-standing');

/** Which users an administrator deactivated: they stay, with their records, and can sign in no longer. */
export const userStandingOf = (desk: VendorDesk) => ({
  isActive: (userId: string): boolean => tableOf(desk).get(userId)?.active ?? true,
});

/**
 * What an administrator does with a user, by the company's key: `{"act": "deactivate", "user": "ines"}`, `activate`.
 *
 * @throws Error with a sentence for an act or a user that there is not.
 */
export function actOnUser(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const person = people.find(({ key }) => key === wish.user);
  if (person === undefined) throw new Error(`The CRM has no user called "${String(wish.user)}".`);
  if (wish.act !== 'deactivate' && wish.act !== 'activate')
    throw new Error('The CRM knows the acts "deactivate", "activate", "convert" and "edit".');
  const active = wish.act === 'activate';
  tableOf(desk).put(person.id, { active });
  return { id: person.id, active };
}
