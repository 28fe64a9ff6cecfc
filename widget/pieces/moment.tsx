import { useSpeech } from '../language/language.tsx';

/** A moment in the organisation's time zone; hovering shows it whole. */
export function Moment({ instant }: { instant: string }) {
  const { formats } = useSpeech();
  return (
    <time dateTime={instant} title={formats.full(instant)}>
      {formats.moment(instant)}
    </time>
  );
}
