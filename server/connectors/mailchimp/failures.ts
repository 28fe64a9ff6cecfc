import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { httpFailure } from '../../core/http-failure.ts';
import { failures, type Said } from '../../kit/failures.ts';
import { refusalOf } from './refusals.ts';

export const VENDOR = 'Mailchimp';

const problemSchema = z.object({
  title: z.string().catch(''),
  detail: z.string().catch(''),
  errors: z.array(z.object({ field: z.string().catch(''), message: z.string().catch('') })).catch([]),
});
const signInSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

/** Problem documents (RFC 9457), the sign-in's own errors, and the gate's page. */
const { classify, ofOne } = failures({
  vendor: VENDOR,
  said: (body, answer) =>
    signInSaid(body, answer) ?? (answer.status < 400 ? null : problemSaid(body, answer)),
  // Problems whose title says more than their status.
  codes: {
    'User Disabled': 'reconnect',
    'Wrong Datacenter': 'reconnect',
    'Too Many Requests': 'rate-limited',
  },
  otherwise: { kind: 'rejected' },
});

export { classify };

function signInSaid(body: unknown, answer: VendorAnswer): Said | null {
  if (answer.url.hostname !== 'login.mailchimp.com') return null;
  const said = signInSchema.safeParse(body).data;
  if (said === undefined) return null;
  const byStatus = httpFailure(answer, { vendor: VENDOR })?.kind ?? 'rejected';
  return {
    codes: [],
    meaning: { kind: byStatus === 'rejected' ? 'reconnect' : byStatus },
    details: { vendorMessage: `${said.error} ${said.error_description}`.trim() },
  };
}

function problemSaid(body: unknown, { status }: VendorAnswer): Said | null {
  // Who calls far too much is shut out before the API, by a page that says nothing of it.
  if (status === 403 && body === undefined) {
    return { codes: [], meaning: { kind: 'rate-limited' }, details: {} };
  }
  const problem = problemSchema.safeParse(body).data;
  if (problem === undefined || (problem.title === '' && problem.detail === '')) return null;
  const { title, detail, errors } = problem;
  const field = errors[0]?.field;
  return {
    codes: [title],
    meaning:
      status === 400 ? refusalOf([title, detail, ...errors.map(({ message }) => message)].join(' ')) : null,
    details: {
      vendorMessage: [`${title}: ${detail}`, ...errors.map((one) => `${one.field}: ${one.message}`)]
        .join(' ')
        .trim(),
      ...(field === undefined || field === '' ? {} : { field }),
    },
  };
}

/** What one member of a batch was refused for, in an answer that is a success as a whole. */
export function memberFailure(said: { error: string; field: string; field_message: string }): LiaisonError {
  const more = [said.field, said.field_message].filter((part) => part !== '').join(': ');
  return ofOne({
    codes: [],
    meaning: refusalOf(`${said.error} ${said.field_message}`),
    details: {
      vendorMessage: more === '' ? said.error : `${said.error} ${more}`,
      ...(said.field === '' ? {} : { field: said.field }),
    },
  });
}
