/** How long until a part of the page is asked for again, ms. */
const pauseMs = 2000;

/**
 * Loads a part of the page, again and again until it comes. A sandbox that is stopped serves no scripts either, and
 * React takes a whole bench away where a lazy part of it fails; so its place says that it loads until it can.
 */
export async function untilLoaded<Part>(load: () => Promise<Part>, betweenMs = pauseMs): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
  }
}
