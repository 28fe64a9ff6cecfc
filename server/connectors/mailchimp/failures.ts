import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import { type ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import { refusalOf } from './refusals.ts';

export const VENDOR = 'Mailchimp';
const rules = { vendor: VENDOR };

const problemSchema = z.object({
  title: z.string().catch(''),
  detail: z.string().catch(''),
  errors: z.array(z.object({ field: z.string().catch(''), message: z.string().catch('') })).catch([]),
});
const signInSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

/** Problems whose title says more than their status. */
const TITLE_KINDS: Readonly<Record<string, ErrorKind>> = {
  'User Disabled': 'reconnect',
  'Wrong Datacenter': 'reconnect',
  'Too Many Requests': 'rate-limited',
};

/** Problem documents (RFC 9457), the sign-in's own errors, and the gate's page. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const byStatus = httpFailure(answer, rules);
  const body = jsonOf(answer);
  const signIn = signInSchema.safeParse(body).data;
  if (signIn !== undefined && answer.url.hostname === 'login.mailchimp.com') {
    const vendorMessage = `${signIn.error} ${signIn.error_description}`.trim();
    const kind = byStatus === null || byStatus.kind === 'rejected' ? 'reconnect' : byStatus.kind;
    return failureOf(kind, answer, rules, { vendorMessage });
  }
  if (byStatus === null) return null;
  // Who calls far too much is shut out before the API, by a page that says nothing of it.
  if (answer.status === 403 && body === undefined) return failureOf('rate-limited', answer, rules);
  const problem = problemSchema.safeParse(body).data;
  if (problem === undefined || (problem.title === '' && problem.detail === '')) return byStatus;

  const { title, detail, errors } = problem;
  const vendorMessage = [`${title}: ${detail}`, ...errors.map(({ field, message }) => `${field}: ${message}`)]
    .join(' ')
    .trim();
  const refusal =
    answer.status === 400
      ? refusalOf([title, detail, ...errors.map(({ message }) => message)].join(' '))
      : null;
  const kind = refusal?.kind ?? TITLE_KINDS[title] ?? byStatus.kind;
  const field = errors[0]?.field;
  return failureOf(kind, answer, rules, {
    vendorMessage,
    ...(refusal === null ? {} : { sentence: refusal.sentence }),
    ...(field === undefined || field === '' ? {} : { field }),
  });
}

/** What one member of a batch was refused for, in an answer that is a success as a whole. */
export function memberFailure(said: { error: string; field: string; field_message: string }): LiaisonError {
  const refusal = refusalOf(`${said.error} ${said.field_message}`);
  const kind = refusal?.kind ?? 'rejected';
  const more = [said.field, said.field_message].filter((part) => part !== '').join(': ');
  return new LiaisonError(kind, {
    sentence: refusal?.sentence ?? failureSentence(kind, VENDOR),
    vendorMessage: more === '' ? said.error : `${said.error} ${more}`,
    ...(said.field === '' ? {} : { field: said.field }),
  });
}
