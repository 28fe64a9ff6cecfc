import { z } from 'zod';

/** What a person sets of their own automatic logging. */
export const settings = z.object({
  privateFolders: z
    .string()
    .trim()
    .max(500)
    .default('Privé, Private, Personnel, Personal')
    .meta({
      titles: { en: 'Private folders', fr: 'Dossiers privés' },
      hints: {
        en: 'Folders of your mailbox whose mails are never logged, nor those of folders in them. Separate names by commas.',
        fr: 'Dossiers de votre boîte dont les e-mails ne sont jamais enregistrés, pas plus que ceux de leurs sous-dossiers. Séparez les noms par des virgules.',
      },
    }),
  attachments: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'With attachments', fr: 'Avec les pièces jointes' },
      hints: {
        en: 'Attachments are put beside the e-mail, up to 20 files of 7 MB. They count in the CRM’s storage.',
        fr: 'Les pièces jointes accompagnent l’e-mail, jusqu’à 20 fichiers de 7 Mo. Elles comptent dans l’espace du CRM.',
      },
    }),
});

export type Settings = z.output<typeof settings>;

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Whether a folder of these names, or one around it, is private. */
export function isPrivateFolder({ privateFolders }: Settings, names: readonly string[]): boolean {
  const own = new Set(privateFolders.split(',').map(plain));
  own.delete('');
  return names.some((name) => own.has(plain(name)));
}
