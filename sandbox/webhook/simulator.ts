import { deliveringTool } from '../kit/form-tool.ts';

/** A form that the company's site has of its own: nobody's product, and it sends what it likes. */
export const webhook = deliveringTool({
  vendor: 'webhook',
  title: 'atelier-lumen.example',
  form: 'Contact du site',
  carrier: 'X-Liaison-Secret',
  agent: 'atelier-lumen.example',
  visitor: {
    firstName: 'Baptiste',
    lastName: 'Roussel',
    email: 'baptiste@roussel-imprimeur.example',
    phone: '+33 6 39 98 10 88',
  },
  filled: ({ firstName, lastName, email, phone }) => ({
    prenom: firstName,
    nom: lastName,
    email,
    telephone: phone,
    societe: 'Roussel Imprimeur',
    message: 'Pouvez-vous imprimer en offset ?',
    utm_source: 'site',
    page: 'https://atelier-lumen.example/contact',
  }),
  renamed: ['telephone', 'portable'],
});
