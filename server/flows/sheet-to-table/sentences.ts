import type { Tab } from '../../connectors/google-sheets/grid.ts';
import type { Sentence } from '../../core/sentence.ts';
import { TYPE_FACTS, type Type } from './column-types.ts';
import type { Typed } from './typed-cell.ts';

const MOST_NAMED = 12;
const LONGEST_SHOWN = 60;

const list = (names: readonly string[], open: string, close: string): string =>
  names
    .slice(0, MOST_NAMED)
    .map((name) => `${open}${name}${close}`)
    .join(', ') + (names.length > MOST_NAMED ? '…' : '');
const en = (names: readonly string[]): string => list(names, '“', '”');
const fr = (names: readonly string[]): string => list(names, '«\u00a0', '\u00a0»');

const cut = (text: string): string =>
  text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;

/** A count as both languages write it. */
export const count = (value: number): Sentence => ({
  en: value.toLocaleString('en-GB'),
  fr: value.toLocaleString('fr-FR'),
});

export const rowsWords = (value: number): Sentence => ({
  en: `${count(value).en} row${value === 1 ? '' : 's'}`,
  fr: `${count(value).fr} ligne${value < 2 ? '' : 's'}`,
});

export const noTab = (title: string, tabs: readonly Tab[]): Sentence => {
  const names = tabs.map((tab) => tab.title);
  // A run that went well before titles were remembered.
  const which =
    title === ''
      ? { en: 'the tab of the last run', fr: 'l’onglet de la dernière exécution' }
      : { en: `the tab “${title}”`, fr: `l’onglet «\u00a0${title}\u00a0»` };
  return {
    en: `The spreadsheet does not have ${which.en} any more. It has: ${en(names)}. Nothing was written; choose one in the flow’s settings.`,
    fr: `Le tableur n’a plus ${which.fr}. Il contient\u00a0: ${fr(names)}. Rien n’a été écrit\u00a0; choisissez-en un dans les réglages du flux.`,
  };
};

export const noColumns = (title: string): Sentence => ({
  en: `The first row of the tab “${title}” is blank: it is to hold the names of the columns.`,
  fr: `La première ligne de l’onglet «\u00a0${title}\u00a0» est vide\u00a0: elle doit contenir les noms des colonnes.`,
});

export const twiceInSheet = (header: string, title: string): Sentence => ({
  en: `Several columns of the tab “${title}” are called “${header}”, and a table has only one of that name. Rename them; nothing was written.`,
  fr: `Plusieurs colonnes de l’onglet «\u00a0${title}\u00a0» s’appellent «\u00a0${header}\u00a0», et une table n’en a qu’une de ce nom. Renommez-les\u00a0; rien n’a été écrit.`,
});

/** A column that is gone; where another name stands in its place, it may have been renamed. */
export function goneColumns(
  gone: readonly string[],
  title: string,
  headers: readonly string[],
  before: readonly string[],
): Sentence {
  const held = headers.filter((one) => one !== '');
  const renamed = gone.flatMap((header) => {
    const now = headers[before.indexOf(header)] ?? '';
    return now !== '' && !before.includes(now) ? [[header, now] as const] : [];
  });
  const perhaps = {
    en: renamed.map(([from, to]) => ` “${from}” seems to be called “${to}” now.`).join(''),
    fr: renamed
      .map(([from, to]) => ` «\u00a0${from}\u00a0» semble s’appeler «\u00a0${to}\u00a0» maintenant.`)
      .join(''),
  };
  const many = gone.length > 1;
  return {
    en: `The first row of the tab “${title}” has no column ${en(gone)} any more.${perhaps.en} It holds: ${en(held)}. Nothing was written; give ${many ? 'the columns their names' : 'the column its name'} back, or choose others in the flow’s settings.`,
    fr: `La première ligne de l’onglet «\u00a0${title}\u00a0» n’a plus de colonne ${fr(gone)}.${perhaps.fr} Elle contient\u00a0: ${fr(held)}. Rien n’a été écrit\u00a0; redonnez ${many ? 'leurs noms aux colonnes' : 'son nom à la colonne'}, ou choisissez-en d’autres dans les réglages du flux.`,
  };
}

export const newColumns = (headers: readonly string[]): Sentence =>
  headers.length === 1
    ? {
        en: `The column ${en(headers)} is new in the sheet; it is not sent until you choose it in the settings.`,
        fr: `La colonne ${fr(headers)} est nouvelle dans le tableur\u00a0; elle n’est pas envoyée tant que vous ne la choisissez pas dans les réglages.`,
      }
    : {
        en: `The columns ${en(headers)} are new in the sheet; they are not sent until you choose them in the settings.`,
        fr: `Les colonnes ${fr(headers)} sont nouvelles dans le tableur\u00a0; elles ne sont pas envoyées tant que vous ne les choisissez pas dans les réglages.`,
      };

export const noTable = (): Sentence => ({
  en: 'No table is chosen: choose a workspace of Zoho Analytics and a table in the flow’s settings.',
  fr: 'Aucune table n’est choisie\u00a0: choisissez un espace de Zoho Analytics et une table dans les réglages du flux.',
});

export const noWorkspace = (): Sentence => ({
  en: 'The workspace is not among those that the connected account may open. Choose another one, or share it with that account.',
  fr: 'L’espace n’est pas parmi ceux que le compte connecté peut ouvrir. Choisissez-en un autre, ou partagez-le avec ce compte.',
});

export const tableIsGone = (name: string): Sentence => ({
  en: `The table “${name}” was deleted in Zoho Analytics. Nothing was written; choose a table, or another name for a new one, in the flow’s settings.`,
  fr: `La table «\u00a0${name}\u00a0» a été supprimée dans Zoho Analytics. Rien n’a été écrit\u00a0; choisissez une table, ou un autre nom pour une nouvelle, dans les réglages du flux.`,
});

export const otherType = (header: string, type: Sentence, taken: readonly Sentence[]): Sentence =>
  taken.length === 0
    ? {
        en: `The column “${header}” of the table is filled by Zoho Analytics itself. Leave it out, or rename it.`,
        fr: `La colonne «\u00a0${header}\u00a0» de la table est remplie par Zoho Analytics. Retirez-la ou renommez-la.`,
      }
    : {
        en: `The column “${header}” is to hold: ${type.en}. In the table it takes: ${taken.map((one) => one.en).join(', ')}. Choose that here, or change the column’s type in Zoho Analytics.`,
        fr: `La colonne «\u00a0${header}\u00a0» doit contenir\u00a0: ${type.fr}. Dans la table elle accepte\u00a0: ${taken.map((one) => one.fr).join(', ')}. Choisissez cela ici, ou changez le type de la colonne dans Zoho Analytics.`,
      };

export const noMatching = (lacking: readonly string[], headers: readonly string[]): Sentence =>
  lacking.length === 0
    ? {
        en: `To update rows, choose the columns that tell a row from others, out of: ${en(headers)}.`,
        fr: `Pour mettre à jour des lignes, choisissez les colonnes qui les distinguent, parmi\u00a0: ${fr(headers)}.`,
      }
    : {
        en: `${en(lacking)} is not among the columns that are sent: ${en(headers)}.`,
        fr: `${fr(lacking)} n’est pas parmi les colonnes envoyées\u00a0: ${fr(headers)}.`,
      };

interface UnfitCell {
  readonly header: string;
  /** `C12` */
  readonly address: string;
  readonly shown: string;
  readonly type: Type;
}

/** Why a cell cannot be sent, naming it. */
export function unfitCell(
  { header, address, shown, type }: UnfitCell,
  read: Exclude<Typed, { readonly kind: 'value' | 'blank' }>,
): Sentence {
  const text = cut(shown);
  const { expected } = TYPE_FACTS[type];
  const where = { en: `“${header}” (${address})`, fr: `«\u00a0${header}\u00a0» (${address})` };
  switch (read.kind) {
    case 'too-long':
      return {
        en: `${where.en} is longer than the ${count(read.limit).en} characters or digits that the column of the table takes.`,
        fr: `${where.fr} dépasse les ${count(read.limit).fr} caractères ou chiffres que la colonne de la table accepte.`,
      };
    case 'not-yet':
      return {
        en: `${where.en} shows “${text}”: its value is not known.`,
        fr: `${where.fr} affiche «\u00a0${text}\u00a0»\u00a0: sa valeur n’est pas connue.`,
      };
    case 'undated':
      return {
        en: `${where.en} holds the number “${text}”, which the sheet does not show as a date. Format the cell as a date.`,
        fr: `${where.fr} contient le nombre «\u00a0${text}\u00a0», que le tableur n’affiche pas comme une date. Mettez la cellule au format date.`,
      };
    case 'foreign':
      return {
        en: `${where.en} holds the text “${text}”, which in the locale of the spreadsheet is not ${expected.en}: what is meant is not guessed. Enter it as that locale writes it.`,
        fr: `${where.fr} contient le texte «\u00a0${text}\u00a0», qui n’est pas ${expected.fr} selon les paramètres régionaux du tableur\u00a0: ce qui est voulu n’est pas deviné. Saisissez-le selon ces paramètres.`,
      };
    default:
      return {
        en: `${where.en} holds “${text}”, where the column expects ${expected.en}.`,
        fr: `${where.fr} contient «\u00a0${text}\u00a0», alors que la colonne attend ${expected.fr}.`,
      };
  }
}

export const blankKey = (header: string, address: string): Sentence => ({
  en: `“${header}” (${address}) is blank, and the row would be found by it.`,
  fr: `«\u00a0${header}\u00a0» (${address}) est vide, alors qu’elle doit permettre de retrouver la ligne.`,
});

const MOST_REASONS = 3;

/** Several reasons of one row. */
export function joinReasons(reasons: readonly Sentence[]): Sentence {
  const shown = reasons.slice(0, MOST_REASONS);
  const more = reasons.length - shown.length;
  return {
    en: shown.map((one) => one.en).join(' ') + (more > 0 ? ` And ${more} more.` : ''),
    fr: shown.map((one) => one.fr).join(' ') + (more > 0 ? ` Et ${more} de plus.` : ''),
  };
}

export const byZoho = (words: string): Sentence => ({
  en: `Zoho Analytics did not take the row: ${words}`,
  fr: `Zoho Analytics n’a pas pris la ligne\u00a0: ${words}`,
});

/** Rows that Zoho refused and did not name. */
export const unnamedByZoho = (rows: number, words: string): Sentence => ({
  en: `Zoho Analytics did not take ${rowsWords(rows).en}, and does not say which.${words === '' ? '' : ` Its words: ${words}`}`,
  fr: `Zoho Analytics n’a pas pris ${rowsWords(rows).fr}, sans dire lesquelles.${words === '' ? '' : ` Ses mots\u00a0: ${words}`}`,
});

export const furtherRefused = (rows: number): Sentence => ({
  en: `${rowsWords(rows).en} more were refused for reasons of the same kind. Correct those that are named; what is left is told at the next run.`,
  fr: `${rowsWords(rows).fr} de plus ont été refusées pour des raisons du même genre. Corrigez celles qui sont nommées\u00a0; le reste est dit à la prochaine exécution.`,
});

export const nothingToReplaceWith = (title: string, refused: number): Sentence =>
  refused === 0
    ? {
        en: `The tab “${title}” has no rows. The table is left as it is: rows are not replaced with nothing.`,
        fr: `L’onglet «\u00a0${title}\u00a0» n’a aucune ligne. La table reste en l’état\u00a0: des lignes ne sont pas remplacées par rien.`,
      }
    : {
        en: `None of the ${rowsWords(refused).en} of the tab “${title}” can be sent. The table is left as it is.`,
        fr: `Aucune des ${rowsWords(refused).fr} de l’onglet «\u00a0${title}\u00a0» ne peut être envoyée. La table reste en l’état.`,
      };

export const importFailed = (words: string, isReplaced: boolean): Sentence => ({
  en: `Zoho Analytics could not import a lot of rows (${words}). ${isReplaced ? 'The table is as it was before.' : 'The lots before it are in the table; a retry sends all of them again, and doubles none.'}`,
  fr: `Zoho Analytics n’a pas pu importer un lot de lignes (${words}). ${isReplaced ? 'La table est telle qu’avant.' : 'Les lots précédents sont dans la table\u00a0; une relance les envoie tous à nouveau, sans en doubler aucun.'}`,
});

export const underWay = (rows: number): Sentence => ({
  en: `Zoho Analytics is importing ${rowsWords(rows).en}. Its result is looked for again in a moment.`,
  fr: `Zoho Analytics importe ${rowsWords(rows).fr}. Le résultat est redemandé dans un instant.`,
});

export const tooRestless = (): Sentence => ({
  en: 'The sheet kept changing while it was read, so that no whole state of it could be sent. Retry when it is quieter.',
  fr: 'Le tableur n’a cessé de changer pendant sa lecture\u00a0; aucun état entier n’a pu être envoyé. Relancez quand il sera plus calme.',
});

export const stopped = (rows: number, isReplaced: boolean): Sentence =>
  isReplaced
    ? {
        en: 'Stopped, because the integration was turned off. The table is as it was before.',
        fr: 'Arrêté, car l’intégration a été désactivée. La table est telle qu’avant.',
      }
    : {
        en: `Stopped, because the integration was turned off. ${rowsWords(rows).en} had been sent by then.`,
        fr: `Arrêté, car l’intégration a été désactivée. ${rowsWords(rows).fr} avaient été envoyées jusque-là.`,
      };

/** What a run did, and what it noticed. */
export function doneWords(about: {
  readonly table: string;
  readonly taken: number;
  readonly refused: number;
  readonly isFirstLotOnly: boolean;
  readonly noticed: readonly Sentence[];
}): Sentence {
  const { table, taken, refused, isFirstLotOnly, noticed } = about;
  const rows = rowsWords(taken);
  const but = {
    en: refused === 0 ? '' : `, ${count(refused).en} refused`,
    fr: refused === 0 ? '' : `, ${count(refused).fr} refusée${refused < 2 ? '' : 's'}`,
  };
  const more = {
    en: isFirstLotOnly ? ' Further rows would follow.' : '',
    fr: isFirstLotOnly ? ' D’autres lignes suivraient.' : '',
  };
  return {
    en: `${rows.en} in “${table}”${but.en}.${more.en}${noticed.map((one) => ` ${one.en}`).join('')}`,
    fr: `${rows.fr} dans «\u00a0${table}\u00a0»${but.fr}.${more.fr}${noticed.map((one) => ` ${one.fr}`).join('')}`,
  };
}

export const readsWell: Sentence = {
  en: 'The row reads well now; it is sent with the next run.',
  fr: 'La ligne se lit bien maintenant\u00a0; elle part avec la prochaine exécution.',
};

export const isNotThere: Sentence = {
  en: 'The row is blank or gone now; there is nothing to send.',
  fr: 'La ligne est maintenant vide ou absente\u00a0; il n’y a rien à envoyer.',
};
