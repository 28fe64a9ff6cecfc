import type { OAuthAuthorisation } from '../../core/connector.ts';

const needs = (scope: string, en: string, fr: string): OAuthAuthorisation['scopes'][number] => ({
  scope: `ZohoInventory.${scope}`,
  reason: { en, fr },
});

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  needs(
    'items.READ',
    'Find an item by its SKU, and its stock.',
    'Retrouver un article par sa référence, et son stock.',
  ),
  needs(
    'items.CREATE',
    'Make the items that a shop sells, and retire those that are taken back.',
    'Créer les articles que vend une boutique, et désactiver ceux qui sont repris.',
  ),
  needs(
    'items.UPDATE',
    'Keep items equal to the shop’s products.',
    'Maintenir les articles identiques aux produits de la boutique.',
  ),
  needs('contacts.READ', 'Find a customer’s sales orders.', 'Retrouver les commandes d’un client.'),
  needs(
    'salesorders.READ',
    'See whether an order of the shop was entered already.',
    'Voir si une commande de la boutique a déjà été saisie.',
  ),
  needs(
    'salesorders.CREATE',
    'Enter the shop’s orders, confirm them, and void those that are cancelled.',
    'Saisir les commandes de la boutique, les confirmer, annuler celles qui le sont.',
  ),
  needs(
    'salesorders.UPDATE',
    'Carry over what the shop changed before the invoice.',
    'Reporter ce que la boutique a changé avant la facture.',
  ),
  needs(
    'inventoryadjustments.READ',
    'See whether stock was moved for an order already.',
    'Voir si le stock a déjà été mouvementé pour une commande.',
  ),
  needs(
    'inventoryadjustments.CREATE',
    'Move stock where the shop keeps it.',
    'Mouvementer le stock quand c’est la boutique qui le tient.',
  ),
  needs('settings.READ', 'Read the organisation.', 'Lire l’organisation.'),
];
