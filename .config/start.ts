import { parseOptions } from '../sandbox-server/options.ts';
import { buildSite } from './build-site.ts';

// A wrong flag or a question for help is answered at once, not after a build.
if (parseOptions(process.argv.slice(2), process.env).kind === 'start') await buildSite({ ifStale: true });
await import('../sandbox-server/main.ts');
