import { invalid, missing, tooLong } from './refusal.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The longest text that a field takes, as the API's reference states it. */
const LIMITS: Readonly<Record<string, number>> = {
  contact_name: 200,
  company_name: 200,
  first_name: 100,
  last_name: 100,
  email: 100,
  phone: 50,
  mobile: 50,
  reference_number: 100,
  recurrence_name: 100,
  payment_mode: 100,
  name: 100,
  description: 2000,
  notes: 5000,
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field, '' when absent. Numbers are read as text, as ids often arrive. */
export function text(fields: Fields, name: string, fallback = ''): string {
  const value = fields[name];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(name);
  const read = String(value).trim();
  const limit = LIMITS[name];
  // The reference counts characters, not UTF-16 units.
  if (limit !== undefined && [...read].length > limit) throw tooLong(name, limit);
  return read;
}

export function mandatory(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (value === '') throw missing(name);
  return value;
}

export function email(fields: Fields, name = 'email', fallback = ''): string {
  const value = text(fields, name, fallback);
  if (value !== '' && !EMAIL.test(value)) throw invalid(name);
  return value;
}

/** `yyyy-mm-dd`, and a day that exists. */
export function day(fields: Fields, name: string, fallback: string): string {
  const value = text(fields, name, fallback);
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  if (!moment || Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== value)
    throw invalid(name);
  return value;
}

export function wholeNumber(fields: Fields, name: string, fallback: number): number {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return fallback;
  const read = Number(value);
  if (!Number.isInteger(read)) throw invalid(name);
  return read;
}

export function list(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isFields)) throw invalid(name);
  return value;
}

export function addDays(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
