import type { CompanyUser } from './types.ts';

export const users: readonly CompanyUser[] = [
  {
    key: 'claire',
    firstName: 'Claire',
    lastName: 'Fontaine',
    email: 'claire.fontaine@atelier-lumen.example',
    role: 'Standard',
    job: 'Commerciale',
  },
  {
    key: 'hugo',
    firstName: 'Hugo',
    lastName: 'Marchetti',
    email: 'hugo.marchetti@atelier-lumen.example',
    role: 'Administrator',
    job: 'Gérant',
  },
  {
    key: 'ines',
    firstName: 'Inès',
    lastName: 'Delorme',
    email: 'ines.delorme@atelier-lumen.example',
    role: 'Standard',
    job: 'Support client',
  },
];

/** What people read of somebody; undefined of nobody. */
export const fullName = (user: CompanyUser | undefined): string | undefined =>
  user && `${user.firstName} ${user.lastName}`;
