/** Once what is wrong of a form is told, the focus goes to where it stands. */
export const focusFirstWrong = (form: HTMLFormElement): void =>
  void requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
