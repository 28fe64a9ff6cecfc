import type { Config } from './config.ts';
import { type Language, languageOf, type Sentence } from './core/sentence.ts';

export type TerminalLanguage = Language;

/** The language of the terminal, as its locale says. */
export function terminalLanguage(variables: Readonly<Record<string, string | undefined>>): TerminalLanguage {
  const locale = variables.LC_ALL || variables.LC_MESSAGES || variables.LANG || '';
  return languageOf(locale);
}

interface Addresses {
  readonly url: string;
  readonly sandboxUrl: string | null;
}

const WORDS: Readonly<
  Record<Language, Readonly<Record<'ready' | 'app' | 'sandbox' | 'wall' | 'stop', string>>>
> = {
  en: {
    ready: 'Liaison is ready',
    app: 'Log and settings',
    sandbox: 'Sandbox (play scenarios)',
    wall: 'Sandbox mode: no account is needed, and no packet leaves this machine.',
    stop: 'Ctrl-C stops it.',
  },
  fr: {
    ready: 'Liaison est prêt',
    app: 'Journal et réglages',
    sandbox: 'Bac à sable (jouer des scénarios)',
    wall: 'Mode bac à sable\u00a0: aucun compte n’est nécessaire, et rien ne sort de cette machine.',
    stop: 'Ctrl-C pour arrêter.',
  },
};

/** What a person reads when the server is up. */
export function banner(
  addresses: Addresses,
  config: Pick<Config, 'mode'>,
  language: Language,
  ms: number,
): string {
  const words = WORDS[language];
  const width = Math.max(words.app.length, words.sandbox.length);
  const lines = [
    '',
    `  ${words.ready} (${(ms / 1_000).toFixed(1)} s)`,
    '',
    `  ${words.app.padEnd(width)}  ${addresses.url}`,
    ...(addresses.sandboxUrl === null ? [] : [`  ${words.sandbox.padEnd(width)}  ${addresses.sandboxUrl}`]),
    '',
    ...(config.mode === 'sandbox' ? [`  ${words.wall}`] : []),
    `  ${words.stop}`,
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** One sentence for whatever kept the server from starting. */
export function failureText(error: unknown, language: Language): string {
  const sentence = (error as { sentence?: Sentence } | null)?.sentence;
  if (sentence !== undefined) return `${sentence[language]}\n`;
  const message = error instanceof Error ? error.message : String(error);
  return language === 'fr'
    ? `Liaison n’a pas démarré\u00a0: ${message}\n`
    : `Liaison did not start: ${message}\n`;
}
