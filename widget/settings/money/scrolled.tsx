import type { ReactNode } from 'react';

/** A table that is wider than a small page: what scrolls is reached with the keyboard. */
export function Scrolled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached with the keyboard.
    <section className="scrolled" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
