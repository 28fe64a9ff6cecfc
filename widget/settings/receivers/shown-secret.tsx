import { useEffect, useRef } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { CopyButton } from '../../pieces/copy-button.tsx';

interface ShownSecretProps {
  readonly url: string;
  readonly secret: string;
  readonly done: () => void;
}

/** A secret, shown once: it cannot be read again. */
export function ShownSecret({ url, secret, done }: ShownSecretProps) {
  const { texts } = useSpeech();
  const words = texts.receivers.secret;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="notice pending shown-secret" aria-labelledby="receiver-secret">
      <div>
        <h2 id="receiver-secret" ref={title} tabIndex={-1}>
          {words.title}
        </h2>
        <p>{words.once(url)}</p>
        <p className="secret-line">
          <code>{secret}</code> <CopyButton text={secret} what={words.title} />
        </p>
        <p className="quiet">{words.verify}</p>
        <button type="button" onClick={done}>
          {words.done}
        </button>
      </div>
    </section>
  );
}
