import type { Sentence } from '../core/sentence.ts';
import type { TransportReason } from '../outbound/transport.ts';
import type { StoredError } from '../store/runs.ts';
import type { Sent } from './send.ts';

const WITHOUT_ANSWER: Readonly<Record<TransportReason, Sentence>> = {
  forbidden: {
    en: 'The address leads where Liaison sends nothing: into a private network, or to a port of its own. Nothing was sent.',
    fr: 'L’adresse mène là où Liaison n’envoie rien\u00a0: dans un réseau privé, ou vers un port particulier. Rien n’a été envoyé.',
  },
  unreachable: {
    en: 'Nobody answers at this address: its name is unknown, or no secure connection could be made.',
    fr: 'Personne ne répond à cette adresse\u00a0: son nom est inconnu, ou aucune connexion sécurisée n’a pu être établie.',
  },
  cut: {
    en: 'The connection was cut before the answer was complete.',
    fr: 'La connexion a été coupée avant la fin de la réponse.',
  },
  timeout: {
    en: 'No answer within 15 seconds. Answer at once, and do the work afterwards.',
    fr: 'Aucune réponse en 15 secondes. Répondez tout de suite, et travaillez ensuite.',
  },
  stopped: { en: 'Sending was stopped.', fr: 'L’envoi a été interrompu.' },
  'too-large': { en: 'The answer was too large.', fr: 'La réponse était trop grande.' },
};

function answered(status: number): Sentence {
  if (status === 410)
    return {
      en: 'The application answered 410: it wants nothing more at this address.',
      fr: 'L’application a répondu 410\u00a0: elle ne veut plus rien à cette adresse.',
    };
  if (status >= 300 && status < 400)
    return {
      en: `The application answered ${status}, a redirect, which is not followed. Enter the address that it leads to.`,
      fr: `L’application a répondu ${status}, une redirection, qui n’est pas suivie. Indiquez l’adresse vers laquelle elle mène.`,
    };
  return {
    en: `The application answered ${status} instead of a 2xx.`,
    fr: `L’application a répondu ${status} au lieu d’un 2xx.`,
  };
}

/** Why an attempt was not taken. */
export function errorOf({ attempt, reason }: Sent): StoredError {
  if (attempt.kind === 'answered')
    return { kind: attempt.status === 410 ? 'gone' : 'retry-later', sentence: answered(attempt.status) };
  const kind = reason === 'forbidden' ? 'rejected' : 'retry-later';
  return { kind, sentence: WITHOUT_ANSWER[reason ?? 'unreachable'] };
}

/** What admins are told once a receiver is told nothing more. */
export function alertOf(url: string, why: 'failed' | 'ended'): Sentence {
  const { host } = new URL(url);
  return why === 'ended'
    ? {
        en: `The application at ${host} answered that it wants no more webhooks (410): nothing is sent there any longer. What waited can be sent again from its log.`,
        fr: `L’application à ${host} a répondu qu’elle ne veut plus de webhooks (410)\u00a0: plus rien n’y est envoyé. Ce qui attendait peut être renvoyé depuis son journal.`,
      }
    : {
        en: `The application at ${host} took no webhook for five days: nothing is sent there any longer. Turn it on again once it answers; what failed can be sent again from its log.`,
        fr: `L’application à ${host} n’a accepté aucun webhook pendant cinq jours\u00a0: plus rien n’y est envoyé. Réactivez-la dès qu’elle répond\u00a0; ce qui a échoué peut être renvoyé depuis son journal.`,
      };
}
