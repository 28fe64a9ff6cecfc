import { join } from 'node:path';
import { ZOHO_DATA_CENTRES } from '../../server/connectors/families/zoho/data-centres.ts';
import { NoAddress } from './addin.ts';
import { writeManifests } from './write.ts';

/** `npm run outlook`: writes the manifests of the Outlook pane for this server's address. */
const INTO = join(import.meta.dirname, '..', '..', 'dist', 'outlook-manifests');

const [publicUrl = process.env.PUBLIC_URL, into = INTO] = process.argv.slice(2);
const signInOrigins = ZOHO_DATA_CENTRES.map(({ accountsUrl }) => accountsUrl);
try {
  const { zip, xml } = await writeManifests({ publicUrl, signInOrigins }, into);
  process.stdout.write(
    `Unified manifest, for Microsoft 365: ${zip}\nXML manifest, for Outlooks that do not know it: ${xml}\nBoth passed Microsoft’s checks. How they are deployed: docs/outlook.md\n`,
  );
} catch (error) {
  if (!(error instanceof NoAddress)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
