import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './site-sources.ts';

/** How many tests a runner says it ran. */
interface Counts {
  passed: number;
  failed: number;
}

/** The part of a report by Vitest's json reporter that counts. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
}

/** The part of a report by Playwright's json reporter that counts. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

async function report<T>(name: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(join(root, 'test-results', name), 'utf8')) as T;
  } catch {
    process.stderr.write(`There is no report test-results/${name}: that runner did not come to its end.\n`);
    return undefined;
  }
}

// A runner without a report, or whose report fails as a whole, counts as one failure: silence is no success.
const unit = await report<VitestReport>('unit.json');
const e2e = await report<PlaywrightReport>('e2e.json');
const counts: Counts[] = [
  unit
    ? { passed: unit.numPassedTests, failed: Math.max(unit.numFailedTests, unit.success ? 0 : 1) }
    : { passed: 0, failed: 1 },
  e2e
    ? { passed: e2e.stats.expected, failed: e2e.stats.unexpected + e2e.stats.flaky }
    : { passed: 0, failed: 1 },
];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
