import type { Handler } from '../handlers.ts';
import type { ModeServices } from './mode-services.ts';

/** What the routes about the mode do. The contract has seen to it that it was confirmed. */
export function modeHandlersOf(mode: ModeServices): Record<'getMode' | 'switchMode', Handler> {
  return {
    getMode: () => mode.view(),
    switchMode: () => mode.switch(),
  };
}
