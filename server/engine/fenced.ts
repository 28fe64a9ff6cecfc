/** This process no longer holds the run: another one may. Whatever it was doing stops here, silently. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
