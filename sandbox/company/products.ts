import type { CompanyProduct } from './types.ts';

export const products: readonly CompanyProduct[] = [
  {
    code: 'SITE-VIT',
    name: 'Site vitrine',
    category: 'Création',
    unitPrice: 4800,
    description: 'Jusqu’à dix pages, charte comprise.',
  },
  {
    code: 'SITE-BOUT',
    name: 'Boutique en ligne',
    category: 'Création',
    unitPrice: 9200,
    description: 'Catalogue, paiement, livraison.',
  },
  {
    code: 'LOGO',
    name: 'Identité visuelle',
    category: 'Création',
    unitPrice: 2400,
    description: 'Logo, couleurs, papeterie.',
  },
  {
    code: 'SEO-AUD',
    name: 'Audit SEO',
    category: 'Conseil',
    unitPrice: 1150,
    description: 'Rapport et plan d’action à six mois.',
  },
  {
    code: 'MAINT-12',
    name: 'Maintenance annuelle',
    category: 'Abonnement',
    unitPrice: 1440,
    description: 'Mises à jour, sauvegardes, une heure par mois.',
  },
  {
    code: 'HEBERG-M',
    name: 'Hébergement « Étoile »',
    category: 'Abonnement',
    unitPrice: 24.9,
    description: 'Par mois, en France.',
  },
  {
    code: 'PHOTO-J',
    name: 'Journée de prise de vue',
    category: 'Prestation',
    unitPrice: 780,
    description: 'Photographe, retouches comprises.',
  },
  {
    code: 'FORM-2J',
    name: 'Formation rédaction web',
    category: 'Prestation',
    unitPrice: 1320.5,
    description: 'Deux jours, six personnes au plus.',
  },
];
