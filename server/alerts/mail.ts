import { createTransport } from 'nodemailer';
import { LiaisonError } from '../core/errors.ts';
import type { AlertMessage } from './compose.ts';

/** Sends one message to one address. Rejects with a LiaisonError. */
export type Mail = (to: string, message: AlertMessage) => Promise<void>;

const PATIENCE_MS = 15_000;

/**
 * Mail through an SMTP server.
 *
 * @param url `smtps://user:password@host:465`, or `smtp://…`.
 * @param from the sender's address.
 */
export function smtpMail(url: string, from: string): Mail {
  const transport = createTransport(url, { from });
  return async (to, { title, lines }) => {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const late = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the mail server did not answer in time')));
      });
      await Promise.race([transport.sendMail({ to, subject: title, text: lines.join('\n\n') }), late]);
    } catch (thrown) {
      throw new LiaisonError('retry-later', {
        sentence: {
          en: `The mail to ${to} could not be sent. Check SMTP_URL and the address.`,
          fr: `Le message à ${to} n’a pas pu être envoyé. Vérifiez SMTP_URL et l’adresse.`,
        },
        vendorMessage: thrown instanceof Error ? thrown.message : String(thrown),
        cause: thrown,
      });
    }
  };
}
