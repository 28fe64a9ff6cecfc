/** Calls of the API that are no GET and only read. */
export const READS = /^POST \/v1\/(search|data_sources\/[^/]+\/query)$/;
