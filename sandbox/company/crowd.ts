/** Most of them in one go: what tests of large lists need. */
const MOST = 200_000;

export interface CrowdWish {
  readonly contacts: number;
  /** How many companies they are spread over; 0: they have none. */
  readonly companies: number;
  /** What stands there already goes first. */
  readonly replace: boolean;
}

export interface CrowdMember {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string | null;
}

/**
 * Reads what `POST /_sandbox/seed/<vendor>` was sent: `{"contacts": 5000, "companies": 50, "replace": true}`.
 * @throws Error with a sentence for what cannot be met.
 */
export function crowdWish(wish: Readonly<Record<string, unknown>>): CrowdWish {
  const { contacts, companies = 0, replace = false, ...others } = wish;
  const strange = Object.keys(others)[0];
  if (strange !== undefined) throw new Error(`There is nothing to seed called "${strange}".`);
  const count = (value: unknown, name: string): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST) return value;
    throw new Error(`"${name}" must be a whole number from 0 to ${MOST}.`);
  };
  return {
    contacts: count(contacts, 'contacts'),
    companies: count(companies, 'companies'),
    replace: replace === true,
  };
}

/** The n-th (from 1) is the same person for every vendor, at every call: `contact-00001@clients.example`. */
export function crowdMember(n: number, companies: number): CrowdMember {
  const number = String(n).padStart(5, '0');
  return {
    firstName: FIRST_NAMES[n % FIRST_NAMES.length] ?? '',
    lastName: `Client ${number}`,
    email: `contact-${number}@clients.example`,
    phone: `+33${FICTION[Math.floor(n / 10_000) % FICTION.length]}${String(n % 10_000).padStart(4, '0')}`,
    company: companies === 0 ? null : crowdCompany(n % companies),
  };
}

export const crowdCompany = (index: number): string => `Société ${String(index + 1).padStart(3, '0')}`;

/** Beginnings of the French numbers that are kept for fiction: 10,000 of each. */
const FICTION = ['63998', '46571', '19900', '26191', '35301', '53649'];

const FIRST_NAMES = [
  'Anaïs',
  'Benoît',
  'Chloé',
  'Denis',
  'Élise',
  'Félix',
  'Gaëlle',
  'Hervé',
  'Inès',
  'Jérôme',
];
