import { invalid } from './problem.ts';

/** Settings of a form, as a query carries them. */
export function readForm(form: string | undefined): Record<string, unknown> {
  if (form === undefined) return {};
  try {
    const read: unknown = JSON.parse(form);
    if (typeof read === 'object' && read !== null && !Array.isArray(read))
      return read as Record<string, unknown>;
  } catch {
    // Told below, like any other text that is no settings.
  }
  throw invalid('query', () => [
    { code: 'custom', path: ['settings'], message: 'JSON of an object of settings.', input: form },
  ]);
}
