import { buildSite } from './build-site.ts';

await buildSite({ ifStale: process.argv.includes('--if-stale') });
