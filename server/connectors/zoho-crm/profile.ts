/** The profile that every organisation has and nobody can rename. */
const ADMINISTRATOR = 'Administrator';

/** What a user may in Liaison, by their profile in the CRM. */
export const roleOfProfile = (name: string): 'admin' | 'rep' => (name === ADMINISTRATOR ? 'admin' : 'rep');
