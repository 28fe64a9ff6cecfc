import { deliveringTool } from '../kit/form-tool.ts';

/**
 * Zoho Forms: the company's form with the keys that its owner left as they were, and a webhook.
 * https://www.zoho.com/forms/help/integrations/webhooks.html
 */
export const zohoForms = deliveringTool({
  vendor: 'zoho-forms',
  title: 'Zoho Forms',
  form: 'Inscription au salon',
  carrier: 'X-Liaison-Secret',
  agent: 'ZohoForms',
  visitor: {
    firstName: 'Léa',
    lastName: 'Bonnefoy',
    email: 'lea@bonnefoy-papier.example',
    phone: '+33612345678',
  },
  filled: ({ firstName, lastName, email, phone }) => ({
    Name_First: firstName,
    Name_Last: lastName,
    Email: email,
    PhoneNumber_countrycode: phone,
    SingleLine: 'Bonnefoy Papier',
    Dropdown: 'Samedi',
    Checkbox: ['Affiches', 'Carnets'],
    DecisionBox: true,
  }),
  renamed: ['PhoneNumber_countrycode', 'Telephone_Portable'],
});
