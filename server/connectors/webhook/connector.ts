import { receivedForms } from '../../kit/received-forms.ts';

/** Any tool that can send what somebody filled in to an address: the sites’ own forms, and tools nobody here knows. */
export const webhook = receivedForms({
  id: 'webhook',
  titles: { en: 'Webhook (any form)', fr: 'Webhook (tout formulaire)' },
  mark: 'M8 2v7M5 6.5 8 9.5l3-3M2.5 11v3h11v-3',
  object: {
    id: 'webhook.answers',
    titles: { en: 'What was received', fr: 'Ce qui a été reçu' },
  },
  instructions: {
    en: 'Each form is connected by itself. Name it, copy the secret, and connect: Liaison then shows the address. Have your tool send each answer there by POST, as JSON or as a form (multipart/form-data with its files), with the header X-Liaison-Secret and the secret; or signed, with X-Hub-Signature-256: sha256= and the HMAC-SHA256 of the body in hexadecimal. Send one answer to try it.',
    fr: 'Chaque formulaire est connecté séparément. Nommez-le, copiez le secret et connectez\u00a0: Liaison montre alors l’adresse. Faites-y envoyer chaque réponse par POST, en JSON ou en formulaire (multipart/form-data avec ses fichiers), avec l’en-tête X-Liaison-Secret et le secret\u00a0; ou signée, avec X-Hub-Signature-256: sha256= et le HMAC-SHA256 du corps en hexadécimal. Envoyez une réponse pour essayer.',
  },
  schemes: [
    {
      // https://www.w3.org/TR/websub/#signing-content
      kind: 'hmac-sha256',
      header: 'x-hub-signature-256',
      encoding: 'hex',
      read(header) {
        const signature = /^sha256=([0-9a-f]{64})$/.exec(header)?.[1];
        return signature === undefined ? null : { signatures: [signature], timestamp: null };
      },
      prefix: () => '',
    },
    { kind: 'secret-header', header: 'x-liaison-secret' },
  ],
});
