/** Why nothing was laid, in one sentence for whoever asked. */
export class Refused extends Error {}
