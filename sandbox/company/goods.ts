import type { CompanyGood } from './types.ts';

/** What the company sells in its shop and keeps in its store room, under the same codes. */
export const goods: readonly CompanyGood[] = [
  { code: 'AFF-A2', name: 'Affiche « Quais de Saône »', priceMinor: 2_390, vatPercent: 20, stock: 140 },
  { code: 'CAR-LUM', name: 'Carnet Lumen', priceMinor: 1_250, vatPercent: 20, stock: 260 },
  { code: 'LIV-TYP', name: 'Livre « Composer & imprimer »', priceMinor: 3_400, vatPercent: 5.5, stock: 38 },
];
