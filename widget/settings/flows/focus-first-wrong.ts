import { focusOnShown } from '../../pieces/focus-on-shown.ts';

/** Once what is wrong of a form is told, the focus goes to where it stands. */
export const focusFirstWrong = (form: HTMLFormElement): void =>
  focusOnShown(() => form.querySelector<HTMLElement>('[aria-invalid=true]'));
