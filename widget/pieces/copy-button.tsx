import { useEffect, useState } from 'react';
import { useSpeech } from '../language/language.tsx';

const SHOWN_MS = 2_000;

export function CopyButton({ text, what }: { text: string; what: string }) {
  const { texts } = useSpeech();
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = () => {
    // Absent in insecure contexts, refused in some frames.
    const writing = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    writing.then(
      () => setResult('copied'),
      () => setResult('failed'),
    );
  };
  return (
    <button type="button" className="small" onClick={copy} aria-label={texts.doneTo(texts.copy.copy, what)}>
      <span aria-live="polite">{texts.copy[result ?? 'copy']}</span>
    </button>
  );
}
