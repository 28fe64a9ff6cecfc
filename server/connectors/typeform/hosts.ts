/** Accounts of the European data centre have an address of their own, which opens nothing of the others. */
export const HOSTS = ['api.typeform.com', 'api.eu.typeform.com'] as const;

/**
 * Where uploads stand, now and in answers of before: whatever else is at these hosts is no file, and is never asked for
 * with the account's token because an answer says so.
 * https://www.typeform.com/developers/responses/reference/retrieve-response-file/
 */
const UPLOADED = /^\/(forms\/[^/]+\/responses\/[^/]+\/fields\/[^/]+\/files|responses\/files\/[^/]+)\/[^/]+$/;
export const isUploadPath = (path: string): boolean => UPLOADED.test(path);
