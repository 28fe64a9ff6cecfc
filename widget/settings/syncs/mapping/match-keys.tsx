import { useSpeech } from '../../../language/language.tsx';
import { Icon } from '../../../pieces/icon.tsx';

interface MatchKeysProps {
  readonly matchBy: readonly (readonly string[])[];
  /** The mapped fields of the left side, with their names. */
  readonly fields: readonly { readonly id: string; readonly name: string }[];
  readonly disabled: boolean;
  readonly refusals: ReadonlyMap<string, string>;
  readonly onChange: (matchBy: readonly (readonly string[])[]) => void;
}

const MOST_KEYS = 5;

/** The fields by which counterparts are found: keys in order of trust, each of one field or more. */
export function MatchKeys({ matchBy, fields, disabled, refusals, onChange }: MatchKeysProps) {
  const { texts } = useSpeech();
  const words = texts.syncs.mapping;
  const replace = (index: number, key: readonly string[]) =>
    onChange(
      key.length === 0
        ? matchBy.filter((_, at) => at !== index)
        : matchBy.map((one, at) => (at === index ? key : one)),
    );
  const unused = (key: readonly string[]) => fields.filter(({ id }) => !key.includes(id));
  return (
    <fieldset className="setting-group">
      <legend>{words.match}</legend>
      <p className="quiet">{words.matchHint}</p>
      <ol className="match-keys">
        {matchBy.map((key, index) => (
          <li key={key.join(' ')}>
            <fieldset aria-label={words.key(index + 1)}>
              <span className="quiet">{words.key(index + 1)}</span>
              {key.map((field, at) => (
                <span key={field} className="key-field">
                  {at > 0 && <span className="quiet">{words.keyField} </span>}
                  <select
                    aria-label={`${words.key(index + 1)}, ${words.keyFieldAdd} ${at + 1}`}
                    value={field}
                    disabled={disabled}
                    onChange={(event) =>
                      replace(
                        index,
                        event.target.value === ''
                          ? key.filter((_, position) => position !== at)
                          : key.map((one, position) => (position === at ? event.target.value : one)),
                      )
                    }
                  >
                    {fields
                      .filter(({ id }) => id === field || !key.includes(id))
                      .map(({ id, name }) => (
                        <option key={id} value={id}>
                          {name}
                        </option>
                      ))}
                    {at > 0 && <option value="">–</option>}
                  </select>
                </span>
              ))}
              {!disabled && unused(key).length > 0 && (
                <button
                  type="button"
                  className="small"
                  aria-label={texts.doneTo(words.key(index + 1), `${words.keyField}…`)}
                  onClick={() => replace(index, [...key, unused(key)[0]?.id ?? ''])}
                >
                  {words.keyField}…
                </button>
              )}
              {!disabled && matchBy.length > 1 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.keyRemove(index + 1)}
                  onClick={() => replace(index, [])}
                >
                  <Icon name="close" />
                </button>
              )}
            </fieldset>
            {refusals.has(String(index)) && (
              <p className="wrong" role="alert">
                {refusals.get(String(index))}
              </p>
            )}
          </li>
        ))}
      </ol>
      {!disabled && matchBy.length < MOST_KEYS && fields.length > 0 && (
        <button
          type="button"
          className="small"
          onClick={() => {
            const taken = new Set(matchBy.filter((key) => key.length === 1).map(([field]) => field));
            const free = fields.find(({ id }) => !taken.has(id)) ?? fields[0];
            if (free) onChange([...matchBy, [free.id]]);
          }}
        >
          {words.keyAdd}
        </button>
      )}
    </fieldset>
  );
}
