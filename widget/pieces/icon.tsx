/** Drawn on a 16 by 16 field, in the colour of the text around them. */
const PATHS = {
  waiting: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM8 5v3l2 1.5',
  running: 'M8 2a6 6 0 1 1-6 6',
  done: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM5.4 8.2l1.8 1.8 3.4-3.8',
  skipped: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM5.5 8h5',
  failed: 'M8 2.2 14.3 13.5H1.7ZM8 6.5v3M8 11.4v.2',
  superseded: 'M3 3.5 7 8l-4 4.5M8.5 3.5l4 4.5-4 4.5',
  retrying: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.6h-2.6',
  'not-started': 'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z',
  close: 'm4 4 8 8M12 4l-8 8',
  back: 'M10 3 5 8l5 5',
  unfold: 'm6 3 5 5-5 5',
  open: 'M6.5 4H4v8h8V9.5M9 3.5h3.5V7M12.2 3.8 7.5 8.5',
  link: 'M6.8 9.2 9.2 6.8M5.5 7 4 8.5a2.5 2.5 0 0 0 3.5 3.5L9 10.5M7 5.5 8.5 4A2.5 2.5 0 0 1 12 7.5L10.5 9',
} as const;

export type IconName = keyof typeof PATHS;

/** Only beside words that say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
