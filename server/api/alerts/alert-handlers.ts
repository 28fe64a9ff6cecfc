import type { z } from 'zod';
import type { AlertDestinationWish } from '../contract.ts';
import type { FindHidden, Handler } from '../handlers.ts';
import { openAlerts } from '../hidden.ts';
import type { RouteName } from '../paths.ts';
import type { alertSettingsChange } from '../schemas/alert.ts';
import type { AlertServices } from './alert-services.ts';

/** The routes about alerts. */
export type AlertRoute = Extract<RouteName, `${string}Alert${string}`>;

/** What each route about alerts does. */
export function alertHandlersOf(alerts: AlertServices, hiddenFrom: FindHidden): Record<AlertRoute, Handler> {
  return {
    listAlerts: async ({ session }) =>
      openAlerts(await alerts.list(session.organisationId), await hiddenFrom(session)),
    getAlertSettings: ({ session }) => alerts.settings(session.organisationId),
    setAlertSettings({ session, body }) {
      const { destinations, basedOn } = body as z.output<typeof alertSettingsChange>;
      return alerts.save(session.organisationId, destinations, basedOn);
    },
    listAlertPlaces: ({ session }) => alerts.places(session.organisationId),
    testAlert: ({ session, body }) => alerts.test(session.organisationId, body as AlertDestinationWish),
  };
}
