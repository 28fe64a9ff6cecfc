import type { Words } from '../core/consent-page.ts';

const OPERATIONS: Readonly<Record<string, Words>> = {
  all: { en: 'see and change', fr: 'voir et modifier' },
  read: { en: 'see', fr: 'voir' },
  create: { en: 'create', fr: 'créer' },
  update: { en: 'change', fr: 'modifier' },
  delete: { en: 'delete', fr: 'supprimer' },
  write: { en: 'change', fr: 'modifier' },
};

/** `ZohoCRM.modules.deals.READ` reads «see ZohoCRM › modules › deals». */
export function scopeInWords(scope: string): Words {
  const parts = scope.split('.');
  const last = parts.at(-1) ?? '';
  const operation = OPERATIONS[last.toLowerCase()] ?? { en: last, fr: last };
  const what = parts.slice(0, -1).join(' › ');
  return { en: `${operation.en} ${what}`, fr: `${operation.fr} ${what}` };
}
