import { defineSimulator } from '../kit/simulator.ts';
import { heldSubscriptions } from '../microsoft/notify.ts';
import { graphFailure } from '../microsoft/refusal.ts';
import { asEachAccount } from '../microsoft-accounts/account.ts';
import { act } from './acts.ts';
import { teamsApi } from './api.ts';
import { teamsPages } from './page.ts';
import { postingOperations } from './post.ts';
import { readingOperations } from './read.ts';
import { teamsTables } from './rows.ts';
import { teamsScenarios } from './scenarios.ts';
import { seed } from './seed.ts';
import { subscribingOperations } from './subscriptions.ts';

/** Microsoft Graph, version 1.0: the company's teams, their channels, and what is said there. */
export const microsoftTeams = defineSimulator({
  vendor: 'microsoft-teams',
  title: 'Microsoft Teams',
  recordedAs: 'msgraph',
  realUrl: (path) => `https://graph.microsoft.com${path}`,
  seed,
  /** `{"team": "Support", "channels": 60}`: channels beside those that are there. */
  seedMore(desk, { team: name, channels: count }) {
    const { teams, channels } = teamsTables(desk);
    const team = teams.all().find((one) => one.name === name);
    if (team === undefined || typeof count !== 'number') throw new Error('Teams needs a team and a number.');
    for (let number = 1; number <= count; number += 1) {
      const id = `${desk.id('19:', 32)}@thread.tacv2`;
      channels.put(id, {
        ...{ id, teamId: team.id, name: `Canal ${number}`, membershipType: 'standard', isArchived: false },
        ...{ members: null, createdAt: desk.clock().getTime() },
      });
    }
    return { channels: count };
  },
  act,
  webhooks: (desk) => asEachAccount(desk, heldSubscriptions).flat(),
  api: (desk) => teamsApi(desk, [...readingOperations, ...postingOperations, ...subscribingOperations]),
  pages: teamsPages,
  scenarios: teamsScenarios,
  failure: graphFailure,
});
