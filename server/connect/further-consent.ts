/** What was consented to is not all that is needed, and was not all that could be asked for: no failure. */
export class FurtherConsent extends Error {
  override readonly name = 'FurtherConsent';
  /** The consent page that asks for the whole. */
  readonly address: URL;

  constructor(address: URL) {
    super('the account must be asked once more');
    this.address = address;
  }
}
