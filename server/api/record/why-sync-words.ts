import { formatTime } from '../../core/format.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncedState, SyncProgress } from '../../store/synced-state.ts';

interface Clock {
  readonly timeZone: string;
}

/** What a sync's sides are called, as the record stands in it. */
export interface SidesTold {
  /** Of the side that the record is on, plural: `Google Contacts`. */
  readonly own: Sentence;
  readonly other: Sentence;
}

const moment = (at: Date, language: 'en' | 'fr', { timeZone }: Clock): string =>
  formatTime(at.toISOString(), language, timeZone) ?? at.toISOString();

/** What there is to say, one sentence after the other. */
export const joined = (...parts: readonly (Sentence | null)[]): Sentence => {
  const told = parts.filter((part) => part !== null);
  return { en: told.map(({ en }) => en).join(' '), fr: told.map(({ fr }) => fr).join(' ') };
};

const OPTED_OUT: Sentence = {
  en: 'The person opted out: nobody but they themselves can opt in again.',
  fr: 'La personne s’est désinscrite\u00a0: elle seule peut se réinscrire.',
};

function linkedWith({ otherLabel, otherId }: SyncedState, { other }: SidesTold): Sentence | null {
  if (otherId === null) return null;
  const name = otherLabel || otherId;
  return {
    en: `Linked with “${name}” (${other.en}).`,
    fr: `Liée à «\u00a0${name}\u00a0» (${other.fr}).`,
  };
}

function lastWrites({ writtenAt, otherWrittenAt }: SyncedState, sides: SidesTold, clock: Clock): Sentence {
  const told = (language: 'en' | 'fr'): string[] =>
    [
      { side: sides.own, at: writtenAt },
      { side: sides.other, at: otherWrittenAt },
    ].flatMap(({ side, at }) => (at === null ? [] : [`${side[language]}, ${moment(at, language, clock)}`]));
  if (told('en').length === 0)
    return {
      en: 'The two sides are the same: nothing had to be written on either.',
      fr: 'Les deux côtés sont identiques\u00a0: rien n’a dû être écrit ni d’un côté ni de l’autre.',
    };
  return {
    en: `Last written: ${told('en').join('; ')}.`,
    fr: `Dernière écriture\u00a0: ${told('fr').join('\u00a0; ')}.`,
  };
}

function waiting({ error, dueAt, attempt }: SyncedState, clock: Clock): Sentence {
  if (error === null || attempt === 0)
    return {
      en: 'A change waits to be carried over.',
      fr: 'Une modification attend d’être reportée.',
    };
  const again = dueAt && {
    en: `The next attempt is on ${moment(dueAt, 'en', clock)}.`,
    fr: `Prochaine tentative\u00a0: ${moment(dueAt, 'fr', clock)}.`,
  };
  return joined(error.sentence, again);
}

const ASIDE: Sentence = { en: 'It was set aside.', fr: 'Elle a été mise de côté.' };
const LEFT_OUT: Sentence = { en: 'It is left out.', fr: 'Elle est laissée de côté.' };

/** What became of a record that its sync has seen. @param optedOut the person said so on either side. */
export function stateSentence(
  state: SyncedState,
  sides: SidesTold,
  optedOut: boolean,
  clock: Clock,
): Sentence {
  const linked = linkedWith(state, sides);
  const out = optedOut ? OPTED_OUT : null;
  switch (state.state) {
    case 'in-sync':
      return joined(linked, lastWrites(state, sides, clock), out);
    case 'waiting':
      return joined(linked, waiting(state, clock), out);
    case 'failing':
      return joined(ASIDE, state.error?.sentence ?? null, linked, out);
    case 'conflict':
      return joined(
        linked,
        state.conflicts === 1
          ? {
              en: 'The two sides differ in one field; somebody must choose which one stays.',
              fr: 'Les deux côtés diffèrent sur un champ\u00a0; quelqu’un doit choisir lequel reste.',
            }
          : {
              en: `The two sides differ in ${state.conflicts} fields; somebody must choose which ones stay.`,
              fr: `Les deux côtés diffèrent sur ${state.conflicts} champs\u00a0; quelqu’un doit choisir lesquels restent.`,
            },
      );
    case 'differing':
      return joined(linked, {
        en: 'The two sides differ since something was undone.',
        fr: 'Les deux côtés diffèrent depuis une annulation.',
      });
    case 'excluded':
      return joined(LEFT_OUT, state.excluded, linked, out);
    case 'alone':
      return joined(
        {
          en: `It has no counterpart among: ${sides.other.en}. By the settings of the sync none is made.`,
          fr: `Elle n’a pas de contrepartie parmi\u00a0: ${sides.other.fr}. Selon les réglages de la synchronisation, aucune n’est créée.`,
        },
        out,
      );
    case 'gone':
      return {
        en: `It is gone on its own side (${sides.own.en}). Seen last on ${moment(state.seenAt, 'en', clock)}.`,
        fr: `Elle a disparu de son côté (${sides.own.fr}). Vue pour la dernière fois le ${moment(state.seenAt, 'fr', clock)}.`,
      };
  }
}

/** Said before what became of the record, where the sync stands still. */
export const pausedSentence = ({ pause }: Pick<SyncProgress, 'pause'>): Sentence =>
  joined({ en: 'The sync is paused.', fr: 'La synchronisation est en pause.' }, pause);

/** Of phases in which a sync keeps nothing equal yet; undefined: nobody has opened it. */
const NOT_YET: Readonly<Partial<Record<SyncProgress['phase'], Sentence>>> = {
  new: {
    en: 'The sync is off: it was not begun yet.',
    fr: 'La synchronisation est désactivée\u00a0: elle n’a pas encore commencé.',
  },
  previewing: {
    en: 'The sync has not begun: its preview is still being made.',
    fr: 'La synchronisation n’a pas commencé\u00a0: son aperçu est encore en préparation.',
  },
  previewed: {
    en: 'The sync has not begun: its preview is ready and is not yet confirmed.',
    fr: 'La synchronisation n’a pas commencé\u00a0: son aperçu est prêt et n’est pas encore confirmé.',
  },
};

/** What is said of a sync that has read records at most; null: it keeps them equal. */
export const notYetSentence = (phase: SyncProgress['phase'] | undefined): Sentence | null =>
  NOT_YET[phase ?? 'new'] ?? null;

/** @param readAt when the record's side was last read; null: not yet. */
export function unseenSentence(readAt: Date | null, own: Sentence, clock: Clock): Sentence {
  if (readAt === null)
    return {
      en: `The sync has not seen it yet: it still reads what is there (${own.en}).`,
      fr: `La synchronisation ne l’a pas encore vue\u00a0: elle lit encore ce qui existe (${own.fr}).`,
    };
  return {
    en: `The sync has not seen it: it is not among what was read (${own.en}), last on ${moment(readAt, 'en', clock)}.`,
    fr: `La synchronisation ne l’a pas vue\u00a0: elle n’est pas parmi ce qui a été lu (${own.fr}), en dernier le ${moment(readAt, 'fr', clock)}.`,
  };
}
