import { defaultOptions, parseOptions } from '../sandbox-server/options.ts';
import { runBuild } from './build-command.ts';

// A wrong flag or a question for help is answered at once, not after a build; another site needs none.
const command = parseOptions(process.argv.slice(2), process.env);
const needsSite = command.kind === 'start' && command.options.site === defaultOptions.site;
if (!needsSite || (await runBuild({ ifStale: true }))) await import('../sandbox-server/main.ts');
