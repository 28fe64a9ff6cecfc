import type { Scenario } from '../core/scenario.ts';
import { nothing, read } from '../scenarios/parameters.ts';
import { winDeal } from '../zoho-crm/deal-won.ts';

const SECONDS = 20;

export const slackDown: Scenario = {
  id: 'slack-down',
  titles: { en: 'Slack is down while a deal is won', fr: 'Slack est en panne quand une affaire est gagnée' },
  description: {
    en: `Slack answers 503 for ${SECONDS} seconds, and Claire wins her deal in the middle of it.`,
    fr: `Slack répond 503 pendant ${SECONDS} secondes, et Claire gagne son affaire au milieu.`,
  },
  async play(stage) {
    read(stage, nothing);
    stage.fault('slack', { status: 503, forSeconds: SECONDS });
    const won = winDeal(stage);
    return {
      ...won,
      sentence: {
        en: `Slack is down for ${SECONDS} seconds. ${won.sentence.en}`,
        fr: `Slack est en panne pour ${SECONDS} secondes. ${won.sentence.fr}`,
      },
    };
  },
};
