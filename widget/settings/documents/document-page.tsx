import type { ReactNode } from 'react';
import type { FlowDocument } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { setupHref } from '../setup/setup-address.ts';
import { FlowDiagram } from './flow-diagram.tsx';
import { MappingTable } from './mapping-table.tsx';
import { SetValue } from './set-value.tsx';

/** One flow's documentation, on the screen and on paper. */
export function DocumentPage({ document }: { document: FlowDocument }) {
  const { texts, say } = useSpeech();
  const words = texts.documents;
  const admin = useIsAdmin();
  const { id, kind, titles, direction, frequency, mapping, steps, settings, native } = document;
  const title = `document-${id}`;
  return (
    <article className="document" aria-labelledby={title}>
      <h2 id={title}>{say(titles)}</h2>
      <p>{say(direction)}</p>
      <Part title={words.flow}>
        <FlowDiagram path={document.path} way={document.way} />
      </Part>
      <Part title={words.when}>
        <p>{say(frequency)}</p>
      </Part>
      {steps.length > 0 && (
        <Part title={words.steps}>
          <table className="sheet">
            <thead>
              <tr>
                <th scope="col">{words.step}</th>
                <th scope="col">{words.application}</th>
                <th scope="col">{words.effect}</th>
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <tr key={say(step.titles)}>
                  <th scope="row">{say(step.titles)}</th>
                  <td>{say(step.application)}</td>
                  <td>{step.writes ? words.writes : words.reads}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
      )}
      {mapping.length > 0 && (
        <Part title={words.mapping}>
          <MappingTable document={document} />
        </Part>
      )}
      {settings.length > 0 && (
        <Part title={words.settings}>
          <dl className="set">
            {settings.map((setting) => (
              <div key={say(setting.titles)}>
                <dt>{say(setting.titles)}</dt>
                <dd>
                  <SetValue flow={id} setting={setting} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {admin && (
        <p className="on-screen">
          <a
            href={kind === 'sync' ? hrefOf('syncs', { sync: id, tab: 'mapping' }) : setupHref(id, 'settings')}
          >
            {words.change}
          </a>
        </p>
      )}
      <Part title={words.native}>
        <p>{say(native)}</p>
      </Part>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
