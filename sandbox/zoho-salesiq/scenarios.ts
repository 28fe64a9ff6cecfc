import { z } from 'zod';
import { contacts } from '../company/index.ts';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import { read } from '../scenarios/parameters.ts';
import { begin, end, miss, pickUp, rate, reopen, say, type Visit, visit } from './chat.ts';
import { type ConversationRow, operator, salesIqTables } from './rows.ts';
import { conversationView } from './views.ts';

const SALESIQ = 'zoho-salesiq';
const asked = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  email: z.string().min(3).optional(),
  phone: z.string().min(3).optional(),
});

const told = (stage: Stage, row: ConversationRow, en: string, fr: string): object => ({
  sentence: { en: `Chat ${row.referenceId} ${en}`, fr: `Le chat ${row.referenceId} ${fr}` },
  conversation: conversationView(stage.desk(SALESIQ), row),
});

/** A customer of the company's. */
function known(): Visit {
  const person = contacts.find(({ key }) => key === 'karim');
  return {
    name: [person?.firstName, person?.lastName].filter(Boolean).join(' '),
    email: person?.email ?? undefined,
  };
}

/** A chat from the first word to the last. */
function chatted(stage: Stage, who: Visit, lines: readonly string[]): ConversationRow {
  const desk = stage.desk(SALESIQ);
  const visitor = visit(desk, who);
  const [question = '', ...answers] = lines;
  const row = pickUp(desk, begin(desk, visitor, question), 'ines');
  for (const [index, text] of answers.entries()) {
    const isOperator = index % 2 === 0;
    const name = isOperator ? operator('ines').name : visitor.name;
    say(desk, row, { sender: isOperator ? 'operator' : 'visitor', name, text });
  }
  return end(desk, salesIqTables(desk).conversations.get(row.id) ?? row);
}

const chatEnded: Scenario = {
  id: 'chat-ended',
  titles: { en: 'A customer chats on the site', fr: 'Un client discute sur le site' },
  parameters: asked,
  description: {
    en: 'Somebody whom the CRM knows writes in the chat, an operator answers, the chat ends; SalesIQ sends signed events.',
    fr: 'Une personne connue du CRM écrit dans le chat, un opérateur répond, le chat se termine ; SalesIQ envoie des événements signés.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const who = wish.email === undefined ? { ...known(), ...wish } : wish;
    const row = chatted(stage, who, [
      'Bonjour, où en est le devis de la nouvelle vitrine ?',
      'Bonjour ! Il part ce soir : <b>4 200 €</b> & délai de 3 semaines.',
      'Parfait, merci.',
    ]);
    return told(stage, row, 'ended.', 'est terminé.');
  },
};

const chatBegins: Scenario = {
  id: 'chat-begins',
  titles: { en: 'A customer begins a chat', fr: 'Un client commence un chat' },
  parameters: asked,
  description: {
    en: 'Somebody whom the CRM knows writes, and an operator picks the chat up; it goes on. The operator sees beside it who that is.',
    fr: 'Une personne connue du CRM écrit, et un opérateur prend le chat ; il continue. L’opérateur voit à côté qui c’est.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const desk = stage.desk(SALESIQ);
    const who = wish.email === undefined ? { ...known(), ...wish } : wish;
    const row = begin(desk, visit(desk, who), 'Bonjour, pouvez-vous me rappeler ?');
    return told(stage, pickUp(desk, row, 'ines'), 'has begun.', 'a commencé.');
  },
};

const chatOfUnknown: Scenario = {
  id: 'chat-of-unknown-visitor',
  titles: { en: 'An unknown visitor chats on the site', fr: 'Un visiteur inconnu discute sur le site' },
  parameters: asked,
  description: {
    en: 'Somebody whom the CRM does not know leaves an address in the chat, and rates it afterwards.',
    fr: 'Une personne inconnue du CRM laisse une adresse dans le chat, et le note ensuite.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const number = stage.desk(SALESIQ).digits('', 4);
    const who = { name: 'Léonie Faure', email: `leonie.faure${number}@exemple.example`, ...wish };
    const row = chatted(stage, who, [
      'Bonjour, refaites-vous des sites de fleuristes ?',
      'Bien sûr ! Puis-je avoir votre numéro ?',
      '06 39 98 44 10, merci.',
    ]);
    const rated = rate(stage.desk(SALESIQ), row, { rating: 5, feedback: 'Réponse rapide, merci !' });
    return told(stage, rated, 'ended and was rated.', 'est terminé et noté.');
  },
};

const chatMissed: Scenario = {
  id: 'chat-missed',
  titles: { en: 'Nobody picks up a chat', fr: 'Personne ne prend un chat' },
  parameters: asked,
  description: {
    en: 'A visitor writes while no operator is there.',
    fr: 'Un visiteur écrit alors qu’aucun opérateur n’est là.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const desk = stage.desk(SALESIQ);
    const who = { name: 'Nour Haddad', email: 'nour.haddad@exemple.example', ...wish };
    const row = begin(desk, visit(desk, who), 'Il y a quelqu’un ? Je voudrais un devis.');
    return told(stage, miss(desk, row), 'was missed.', 'a été manqué.');
  },
};

const chatReopened: Scenario = {
  id: 'chat-reopened',
  titles: { en: 'A chat goes on after it had ended', fr: 'Un chat terminé reprend' },
  description: {
    en: 'The visitor of the latest chat that ended writes again in it, and it ends once more.',
    fr: 'Le visiteur du dernier chat terminé y écrit à nouveau, et il se termine encore.',
  },
  async play(stage) {
    const desk = stage.desk(SALESIQ);
    const last = salesIqTables(desk)
      .conversations.all()
      .findLast(({ state }) => state === 'ended');
    if (!last) throw new ScenarioRefused('No chat has ended yet.');
    const row = reopen(desk, last);
    const name = salesIqTables(desk).visitors.get(row.visitorId)?.name ?? 'Visitor';
    say(desk, row, { sender: 'visitor', name, text: 'Une dernière question : livrez-vous aussi le lundi ?' });
    const over = end(desk, salesIqTables(desk).conversations.get(row.id) ?? row);
    return told(stage, over, 'went on and ended again.', 'a repris et s’est terminé à nouveau.');
  },
};

const visitorComes: Scenario = {
  id: 'visitor-comes',
  titles: { en: 'A visitor leaves an address on the site', fr: 'Un visiteur laisse son adresse sur le site' },
  parameters: asked,
  description: {
    en: 'SalesIQ knows them from then on: a later change of their record in the CRM reaches the operators, once an integration “CRM records beside the chat” is set up in Settings.',
    fr: 'SalesIQ les connaît dès lors : un changement ultérieur de leur fiche dans le CRM parvient aux opérateurs, une fois qu’une intégration « Fiches du CRM à côté du chat » est créée dans Réglages.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const { name, email } = visit(stage.desk(SALESIQ), { email: 'cave@clos-vert.example', ...wish });
    const en = `${name} (${email ?? 'no address'}) is known to SalesIQ.`;
    const fr = `${name} (${email ?? 'sans adresse'}) est connu de SalesIQ.`;
    return { sentence: { en, fr } };
  },
};

/** In the order in which the page shows them. */
export const salesIqScenarios: readonly Scenario[] = [
  chatBegins,
  chatEnded,
  chatOfUnknown,
  chatMissed,
  chatReopened,
  visitorComes,
];
