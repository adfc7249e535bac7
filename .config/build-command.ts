import { constants } from 'node:os';
import { buildSite } from './build-site.ts';

/** A builder's way of ending: what went wrong in words, and no stack of its own. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Builds the site as a command does: Ctrl-C or SIGTERM ends the build and then the process, with the status that a
 * shell expects; a failure is told on stderr and sets the exit code. Resolves to whether there is a site now.
 */
export async function runBuild({ ifStale }: { ifStale: boolean }): Promise<boolean> {
  const interruption = new AbortController();
  const onSigint = (): void => {
    interruption.abort('SIGINT');
  };
  const onSigterm = (): void => {
    interruption.abort('SIGTERM');
  };
  process.on('SIGINT', onSigint).on('SIGTERM', onSigterm);
  try {
    await buildSite({ ifStale, signal: interruption.signal });
    return true;
  } catch (error) {
    if (interruption.signal.aborted) {
      const { SIGINT, SIGTERM } = constants.signals;
      process.exit(128 + (interruption.signal.reason === 'SIGINT' ? SIGINT : SIGTERM));
    }
    process.stderr.write(`The site could not be built.\n${messageOf(error)}\n`);
    process.exitCode = 1;
    return false;
  } finally {
    process.off('SIGINT', onSigint).off('SIGTERM', onSigterm);
  }
}
