import type { Connector } from '../../core/connector.ts';
import type { Automation, StepDeclaration } from '../../core/flow.ts';
import type { WriteDeclaration } from '../../core/held-write.ts';
import type { Label } from '../../core/label.ts';
import type { Sentence } from '../../core/sentence.ts';
import { filledIn, type StandInBook } from '../../core/stand-ins.ts';
import type { TrialRecord } from '../../core/trial.ts';
import { storedError } from '../../engine/stored-error.ts';
import type { PlayedRequest, PlayedRun, PlayedStep } from '../../engine/try/played.ts';
import type { BoundRole } from '../../store/integrations.ts';
import type { TryAnswer } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import { fieldsRead, fieldsWritten, shortened } from './try-fields.ts';

type StepView = TryAnswer['steps'][number];
type Warning = TryAnswer['warnings'][number];

export interface TryFacts {
  readonly flow: Automation;
  readonly roles: readonly BoundRole[];
  readonly connectors: ReadonlyMap<string, Connector>;
}

export const recordView = <Title extends Label>({
  id,
  title,
  detail,
  at,
}: Omit<TrialRecord, 'title'> & { readonly title: Title }) => ({
  id,
  title,
  detail: detail ?? null,
  at: at ?? null,
});

/** A try as people see it: each request with what it reads or would write, what to know, and where it ends. */
export function tryView(facts: TryFacts, played: PlayedRun): TryAnswer {
  const { record, steps, warnings, outcome, error } = played;
  const failure = error === null ? null : failureOf(storedError(error));
  return {
    record: record && recordView(record),
    steps: steps.flatMap((step) => stepViews(facts, step, played.book)),
    warnings: [
      ...warnings.map(({ step, sentence }) => ({ step: step ?? null, sentence })),
      ...steps.flatMap((step) => cutWarnings(facts, step)),
      ...alreadyWarning(played),
    ].filter(
      ({ sentence }, at, all) =>
        sentence.en !== failure?.sentence.en &&
        all.findIndex((one) => one.sentence.en === sentence.en) === at,
    ),
    outcome:
      failure !== null
        ? { state: 'failed', summary: stopsHere(failure.sentence), error: failure }
        : outcome !== null
          ? { state: outcome.state, summary: outcome.summary, error: null }
          : { state: 'no-record', summary: NO_RECORD, error: null },
  };
}

const NO_RECORD: Sentence = {
  en: 'There is no record that fits. Choose another one, or try again once there is one.',
  fr: 'Aucun enregistrement ne convient. Choisissez-en un autre, ou réessayez dès qu’il y en aura un.',
};

const stopsHere = ({ en, fr }: Sentence): Sentence => ({
  en: `The try stops here: ${en}`,
  fr: `L’essai s’arrête ici\u00a0: ${fr}`,
});

const ALREADY: Sentence = {
  en: 'Liaison did this for the record before: a run would now do what is shown here, and no more.',
  fr: 'Liaison l’a déjà fait pour cet enregistrement\u00a0: une exécution ferait maintenant ce qui est montré ici, rien de plus.',
};

function alreadyWarning({ steps, outcome, remembers }: PlayedRun): Warning[] {
  const writes = steps.some(({ requests }) => requests.some(({ held }) => held !== undefined));
  return outcome !== null && remembers && !writes ? [{ step: null, sentence: ALREADY }] : [];
}

function connectorOf({ roles, connectors }: TryFacts, declared: StepDeclaration | undefined) {
  const bound = roles.find(({ role }) => role === declared?.role);
  return connectors.get(declared?.connector ?? bound?.connector ?? '');
}

function declarationOf(
  connector: Connector | undefined,
  request: PlayedRequest,
): WriteDeclaration | undefined {
  const path = decodeURIComponent(new URL(request.url).pathname);
  return connector?.trial?.writes.find(({ call }) => call.test(`${request.method} ${path}`));
}

function stepViews(facts: TryFacts, step: PlayedStep, book: StandInBook): StepView[] {
  const declared = facts.flow.steps[step.name];
  const connector = connectorOf(facts, declared);
  const known = connector?.fieldTitles ?? {};
  const common = {
    step: step.name,
    item: step.item,
    titles: declared?.titles ?? { en: step.name, fr: step.name },
    connector: connector === undefined ? null : { id: connector.id, titles: connector.titles },
  };
  const views = step.requests.map((request): StepView => {
    const { held, method } = request;
    const body = held === undefined ? parsed(request.requestBody) : held.body;
    const whole = { method, url: request.url, body };
    const marks = filledIn({ url: decodeURIComponent(request.url), body }, book);
    const base = { ...common, message: null, request: { ...whole, filledIn: [...marks] } };
    if (held === undefined) return { ...base, effect: 'read', state: 'read', fields: [] };
    const write = declarationOf(connector, request);
    const text = write?.message === undefined ? undefined : memberOf(body, write.message);
    return {
      ...base,
      effect: 'write',
      state: 'would-write',
      fields: fieldsWritten(writtenIn(request, write), write ?? {}, known, book).map((field) =>
        field.name === write?.message ? { ...field, isMessage: true as const } : field,
      ),
      message: typeof text === 'string' ? (connector?.offers?.messages?.readable(text) ?? text) : null,
    };
  });
  const last = views.at(-1);
  const state = step.state === 'failed' ? 'failed' : step.found ? 'there' : null;
  const bare: StepView = {
    ...common,
    ...{ effect: 'read', state: 'read', fields: [], message: null, request: null },
  };
  const ended: StepView = { ...(last ?? bare), ...(state === null ? {} : { state }) };
  // What was read is told once, with the last of what was asked for it.
  const told =
    ended.effect === 'read' && state !== 'failed'
      ? { ...ended, fields: fieldsRead(step.output, known) }
      : ended;
  return [...views.slice(0, -1), told];
}

/** What a request that was held would have written: as its connector tells it, its body, or what stands for one in its address. */
function writtenIn({ method, url, held }: PlayedRequest, write: WriteDeclaration | undefined): unknown {
  if (write?.written !== undefined)
    return write.written({ method, url: new URL(url), body: held?.body ?? null });
  return write?.inQuery === undefined ? held?.body : parsed(new URL(url).searchParams.get(write.inQuery));
}

/** The member of a body that a path of names leads to: `body.content`. */
const memberOf = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((held, name) => (held as Record<string, unknown> | null)?.[name], body);

function parsed(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function cutWarnings(facts: TryFacts, step: PlayedStep): Warning[] {
  const connector = connectorOf(facts, facts.flow.steps[step.name]);
  return step.requests.flatMap((request) => {
    const write = request.held === undefined ? undefined : declarationOf(connector, request);
    return shortened(writtenIn(request, write), write ?? {}).map(({ titles, limit }) => ({
      step: step.name,
      sentence: {
        en: `“${titles.en}” is too long for ${connector?.titles.en ?? ''} (${limit} characters): it would be shortened, and end in “…”.`,
        fr: `«\u00a0${titles.fr}\u00a0» est trop long pour ${connector?.titles.fr ?? ''} (${limit} caractères)\u00a0: il serait raccourci et finirait par «\u00a0…\u00a0».`,
      },
    }));
  });
}
