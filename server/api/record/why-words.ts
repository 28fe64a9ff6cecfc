import type { Organisation } from '../../core/flow.ts';
import { formatTime } from '../../core/format.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { LoggedRun } from '../../store/run-log.ts';

type Clock = Pick<Organisation, 'timeZone'>;

/** A moment by the organisation's clocks. */
const moment = (at: Date, language: 'en' | 'fr', { timeZone }: Clock): string =>
  formatTime(at.toISOString(), language, timeZone) ?? at.toISOString();

/** What became of what arrived. */
export function runSentence(run: LoggedRun, clock: Clock): Sentence {
  const arrived = {
    en: `Arrived on ${moment(run.createdAt, 'en', clock)}.`,
    fr: `Arrivé le ${moment(run.createdAt, 'fr', clock)}.`,
  };
  const told = run.summary ?? run.error?.sentence ?? STATES[run.state] ?? STATES.waiting;
  return { en: `${arrived.en} ${told?.en ?? ''}`.trim(), fr: `${arrived.fr} ${told?.fr ?? ''}`.trim() };
}

const STATES: Partial<Record<LoggedRun['state'], Sentence>> = {
  waiting: { en: 'It waits for its turn.', fr: 'Attend son tour.' },
  running: { en: 'It is in hand now.', fr: 'En cours.' },
  superseded: { en: 'A later run took its place.', fr: 'Une exécution plus récente l’a remplacé.' },
};

export interface OffSpan {
  readonly from: Date;
  /** Null: it still is. */
  readonly until: Date | null;
}

/** What arrived while an integration was off. */
export interface Arrived {
  /** The last time. */
  readonly at: Date;
  readonly times: number;
}

const arrivedText = ({ at, times }: Arrived, clock: Clock): Sentence =>
  times === 1
    ? { en: `Arrived on ${moment(at, 'en', clock)}`, fr: `Arrivé le ${moment(at, 'fr', clock)}` }
    : {
        en: `Arrived ${times} times, the last on ${moment(at, 'en', clock)}`,
        fr: `Arrivé ${times} fois, la dernière le ${moment(at, 'fr', clock)}`,
      };

/** @param arrived what arrived meanwhile; null: nothing did. */
export function offSentence({ from, until }: OffSpan, arrived: Arrived | null, clock: Clock): Sentence {
  const words = {
    en:
      until === null
        ? `The integration has been off since ${moment(from, 'en', clock)}.`
        : `The integration was off from ${moment(from, 'en', clock)} until ${moment(until, 'en', clock)}.`,
    fr:
      until === null
        ? `L’intégration est désactivée depuis le ${moment(from, 'fr', clock)}.`
        : `L’intégration était désactivée du ${moment(from, 'fr', clock)} au ${moment(until, 'fr', clock)}.`,
  };
  if (arrived === null) return words;
  const { en, fr } = arrivedText(arrived, clock);
  return {
    en: `${en}; nothing was done. ${words.en}`,
    fr: `${fr}\u00a0; rien n’a été fait. ${words.fr}`,
  };
}

/** When it arrived for an integration of which the span is not known. */
export function offThen(arrived: Arrived, clock: Clock): Sentence {
  const { en, fr } = arrivedText(arrived, clock);
  return {
    en: `${en}; nothing was done: the integration was not on when it happened.`,
    fr: `${fr}\u00a0; rien n’a été fait\u00a0: l’intégration n’était pas active à ce moment.`,
  };
}

export const silentSince = (last: Date, clock: Clock): Sentence => ({
  en: `No delivery about it has arrived since ${moment(last, 'en', clock)}.`,
  fr: `Aucune notification à son sujet n’est arrivée depuis le ${moment(last, 'fr', clock)}.`,
});

export const NEVER: Sentence = {
  en: 'No delivery about it has arrived yet. Check the spelling, and whether the integration is on.',
  fr: 'Aucune notification à son sujet n’est encore arrivée. Vérifiez l’orthographe, et si l’intégration est active.',
};

/** Of a record that is known, and of which no automation was told anything. */
export const NO_RUN: Sentence = {
  en: 'No delivery about it has arrived for an automation yet.',
  fr: 'Aucune notification à son sujet n’est encore arrivée pour une automatisation.',
};
