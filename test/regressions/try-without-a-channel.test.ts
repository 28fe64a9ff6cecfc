import { LiaisonError } from '../../server/core/errors.ts';
import { settings } from '../../server/flows/channel-tickets/settings.ts';
import { messageTrial } from '../../server/flows/channel-tickets/try-message.ts';

/** Whoever tried the flow before they chose a channel was told that the channel “ ” was renamed or deleted. */
it('a try without a channel says that one is to be chosen, and asks no application', async () => {
  const role = () => {
    throw new Error('an application was asked');
  };
  const tried = messageTrial.records({ role, settings: settings.parse({}) } as never, null);
  const thrown = await tried.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(LiaisonError);
  expect((thrown as LiaisonError).details.sentence).toEqual({
    en: 'Choose the channel.',
    fr: 'Choisissez le canal.',
  });
});
