import { getCollection } from 'astro:content';

/** Something outside that a lesson rests on. */
interface Source {
  title: string;
  url: string;
  /** What the reader finds there. */
  why: string;
}

/** A lesson as the contents list it. */
export interface Lesson {
  href: string;
  title: string;
  /** One sentence: what the reader does in it. */
  description: string;
  /** Its place: 1, 2, 3 … */
  order: number;
  /** How long it takes a reader who tries everything. */
  minutes: number;
  sources: Source[];
}

/**
 * All lessons in their order.
 * @throws Error naming the file and the field where a lesson's front matter is incomplete, so that the build stops.
 */
export async function lessons(): Promise<Lesson[]> {
  const entries = await getCollection('docs', ({ id }) => id.startsWith('lessons/'));
  const found = entries.map(({ id, filePath, data }): Lesson => {
    const { title, description, order, minutes, sources } = data;
    const missing = Object.entries({ description, order, minutes, sources })
      .filter(([, value]) => value === undefined)
      .map(([field]) => field);
    if (description === undefined || order === undefined || minutes === undefined || sources === undefined) {
      throw new Error(`${filePath ?? id}: a lesson's front matter needs ${missing.join(', ')}`);
    }
    return { href: `/${id}/`, title, description, order, minutes, sources };
  });
  return found.sort((a, b) => a.order - b.order);
}
