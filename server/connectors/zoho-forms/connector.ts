import { receivedForms } from '../../kit/received-forms.ts';

/**
 * Zoho Forms has no API: the form’s owner sets a webhook up, and chooses its keys. It signs nothing; a header of one’s
 * own carries the secret. https://www.zoho.com/forms/help/integrations/webhooks.html
 */
export const zohoForms = receivedForms({
  id: 'zoho-forms',
  titles: { en: 'Zoho Forms', fr: 'Zoho Forms' },
  mark: 'M3.5 2h9v12h-9ZM6 5.5h4M6 8h4M6 10.5h2',
  object: {
    id: 'zohoForms.answers',
    titles: { en: 'Answer to a form', fr: 'Réponse à un formulaire' },
  },
  instructions: {
    en: 'Each form is connected by itself. Name it, copy the secret, and connect: Liaison then shows the address. In Zoho Forms, open the form, Integrations, Webhooks: enter the address, the content type application/json, or multipart/form-data where files are to come along, and under Custom headers the name X-Liaison-Secret with the secret. Choose the fields that are to be sent, and send one answer to try it.',
    fr: 'Chaque formulaire est connecté séparément. Nommez-le, copiez le secret et connectez\u00a0: Liaison montre alors l’adresse. Dans Zoho Forms, ouvrez le formulaire, Intégrations, Webhooks\u00a0: indiquez l’adresse, le type de contenu application/json, ou multipart/form-data si des fichiers doivent suivre, et sous En-têtes personnalisés le nom X-Liaison-Secret avec le secret. Choisissez les champs à envoyer, puis envoyez une réponse pour essayer.',
  },
  schemes: [{ kind: 'secret-header', header: 'x-liaison-secret' }],
});
