/** Accounts of the European data centre have an address of their own, which opens nothing of the others. */
export const HOSTS = ['api.typeform.com', 'api.eu.typeform.com'] as const;
