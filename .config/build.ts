import { runBuild } from './build-command.ts';

await runBuild({ ifStale: process.argv.includes('--if-stale') });
