import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import type { Texts } from '../language/english.ts';
import { useSpeech } from '../language/language.tsx';
import { Loading } from '../pieces/loading.tsx';
import { SignOutButton } from '../sign-in/sign-out-button.tsx';
import { hrefOf, useAddress } from './address.ts';
import { LanguageChoice } from './language-choice.tsx';
import { LeaveGuard } from './leaving/leave-guard.tsx';
import { LogScreen } from './log/log-screen.tsx';
import { useMe } from './me.tsx';
import { SandboxBanner } from './sandbox-banner.tsx';
import { ShelfCount } from './shelf/shelf-count.tsx';
import { ConflictCount } from './syncs/conflict-count.tsx';

// Asked for by admins now and then: the log does not wait for it.
const FlowsScreen = lazy(async () => ({ default: (await import('./flows/flows-screen.tsx')).FlowsScreen }));
const CatalogueScreen = lazy(() => import('./catalogue/catalogue-screen.tsx'));
const IntegrationsScreen = lazy(() => import('./integrations/integrations-screen.tsx'));
const ConnectionsScreen = lazy(async () => ({
  default: (await import('./connections/connections-screen.tsx')).ConnectionsScreen,
}));
const WhyScreen = lazy(() => import('./why/why-screen.tsx'));
const SyncsScreen = lazy(() => import('./syncs/syncs-screen.tsx'));
const DocumentsScreen = lazy(() => import('./documents/documents-screen.tsx'));
const ShelfScreen = lazy(() => import('./shelf/shelf-screen.tsx'));
const PersonsScreen = lazy(() => import('./persons/persons-screen.tsx'));
const AlertsScreen = lazy(() => import('./alerts/alerts-screen.tsx'));
const ReceiversScreen = lazy(() => import('./receivers/receivers-screen.tsx'));
const ReceiverScreen = lazy(() => import('./receivers/receiver-screen.tsx'));
const MoneyScreen = lazy(() => import('./money/money-screen.tsx'));
const NewSetup = lazy(() => import('./setup/new-setup.tsx'));
const SetupScreen = lazy(() => import('./setup/setup-screen.tsx'));
const ModeScreen = lazy(() => import('./mode/mode-screen.tsx'));

interface ScreenFacts {
  readonly title: (texts: Texts) => string;
  readonly Screen: ComponentType;
  /** What stands beside its name. */
  readonly Count?: ComponentType;
  /** Reached from elsewhere than the navigation. */
  readonly isAside?: boolean;
}

/** Every screen, in the order of the navigation. A new one is one line here. */
const SCREENS: Readonly<Record<string, ScreenFacts>> = {
  log: { title: (texts: Texts) => texts.shell.log, Screen: LogScreen },
  why: { title: (texts: Texts) => texts.why.title, Screen: WhyScreen },
  shelf: { title: (texts: Texts) => texts.alerts.shelf.title, Screen: ShelfScreen, Count: ShelfCount },
  integrations: { title: (texts: Texts) => texts.list.title, Screen: IntegrationsScreen },
  catalogue: { title: (texts: Texts) => texts.catalogue.title, Screen: CatalogueScreen },
  flows: { title: (texts: Texts) => texts.shell.flows, Screen: FlowsScreen, isAside: true },
  syncs: { title: (texts: Texts) => texts.shell.syncs, Screen: SyncsScreen, Count: ConflictCount },
  connections: { title: (texts: Texts) => texts.shell.connections, Screen: ConnectionsScreen },
  money: { title: (texts: Texts) => texts.money.title, Screen: MoneyScreen },
  persons: { title: (texts: Texts) => texts.persons.title, Screen: PersonsScreen },
  documents: { title: (texts: Texts) => texts.documents.title, Screen: DocumentsScreen },
  alerts: { title: (texts: Texts) => texts.alerts.title, Screen: AlertsScreen },
  webhooks: { title: () => 'Webhooks', Screen: ReceiversScreen },
  production: { title: (texts: Texts) => texts.start.mode.title, Screen: ModeScreen, isAside: true },
};

/** Screens about one of several: its id stands after the name, `integrations/<id>`. */
const SCREENS_OF_ONE: Readonly<Record<string, Pick<ScreenFacts, 'title' | 'Screen'>>> = {
  setup: { title: (texts: Texts) => texts.shell.flows, Screen: NewSetup },
  integrations: { title: (texts: Texts) => texts.shell.flows, Screen: SetupScreen },
  webhooks: { title: (texts: Texts) => texts.receivers.title, Screen: ReceiverScreen },
};

export function Shell() {
  const { texts } = useSpeech();
  const { organisation } = useMe();
  const { screen, item } = useAddress();
  const screens = item === null ? SCREENS : SCREENS_OF_ONE;
  const current = Object.hasOwn(screens, screen) ? screens[screen] : undefined;
  const title = current?.title(texts) ?? texts.shell.notFound;
  const main = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);
  const arrived = useRef(screen);

  useEffect(() => {
    document.title = `${title} · Liaison`;
  }, [title]);
  useEffect(() => {
    // A screen reader is told of a new screen by where the focus goes.
    const isThere = document.activeElement?.closest('main') != null;
    if (arrived.current !== screen && !isThere) main.current?.focus();
    arrived.current = screen;
    // Where the names do not all fit, the one of this screen is among those that are seen.
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [screen]);

  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {texts.shell.skip}
      </button>
      <LeaveGuard />
      <SandboxBanner />
      <header className="bar">
        <span className="brand">
          Liaison <span className="quiet">{organisation.name}</span>
        </span>
        <nav ref={nav} aria-label={texts.shell.screens}>
          {Object.entries(SCREENS).map(
            ([name, { title: nameOf, Count, isAside }]) =>
              isAside !== true && (
                <a key={name} href={hrefOf(name)} aria-current={name === screen ? 'page' : undefined}>
                  {nameOf(texts)}
                  {Count && <Count />}
                </a>
              ),
          )}
        </nav>
        <LanguageChoice />
        <SignOutButton />
      </header>
      <main ref={main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          {current ? <current.Screen /> : <p className="lonely">{texts.shell.notFound}</p>}
        </Suspense>
      </main>
    </>
  );
}
