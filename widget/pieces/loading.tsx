import { useSpeech } from '../language/language.tsx';

export function Loading() {
  const { texts } = useSpeech();
  return (
    <p className="loading" role="status">
      {texts.shell.loading}
    </p>
  );
}
