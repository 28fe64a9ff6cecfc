import type { Accesses } from '../contract.ts';
import type { Viewer } from '../services.ts';

/** What the API needs to show and end what people let other applications do. */
export interface AccessServices {
  /** An admin is shown everybody's, others their own. */
  list(viewer: Viewer): Promise<Accesses>;
  /** False where there is no such access that the viewer is shown. */
  end(viewer: Viewer, id: string): Promise<boolean>;
}
