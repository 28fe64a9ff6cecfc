import type { ModeView } from '../../../server/api/contract.ts';
import type { ModeServices } from '../../../server/api/session/mode-services.ts';
import { readConfig } from '../../../server/config.ts';
import { connectors } from '../../../server/connectors/index.ts';
import { modeServices } from '../../../server/mode/services.ts';

/** The server's own judgement of its variables, with a server that only notes that it was asked to restart. */
export class MemoryMode implements ModeServices {
  variables: Record<string, string> = {};
  left = 0;

  #services(): ModeServices {
    return modeServices({
      config: readConfig(this.variables),
      connectors: new Map(connectors.map((one) => [one.id, one])),
      others: async () => [],
      ownPresence: '1',
      leave: () => {
        this.left += 1;
      },
    });
  }

  view(): Promise<ModeView> {
    return this.#services().view();
  }

  switch() {
    if (this.left > 0) throw new Error('asked to leave twice');
    return this.#services().switch();
  }
}
