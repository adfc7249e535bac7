/** How long a value is waited for before the test is said to fail, also on a machine with much else to do. No test that passes waits. */
const patienceMs = 30_000;

/** Waits until `read` answers something; for values that no event announces. */
export async function waitFor<T>(
  what: string,
  read: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The value of a promise, or a failure that names what did not come. */
export function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited in vain for ${what}`));
    }, patienceMs);
  });
  const first = Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
  // Whoever awaits it hears of it; a test that does not care need not.
  first.catch(() => undefined);
  return first;
}
