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

/** The parts of the course, each from one lesson to the next part's first. */
const parts = [
  { label: 'The protocol', from: 1 },
  { label: 'Transports and networks', from: 11 },
  { label: 'Connections that last', from: 16 },
] as const;

/** Puts what there is one of for each lesson, in the order of the lessons, under the part that it belongs to. */
export function inParts<One>(each: readonly One[]): { label: string; entries: readonly One[] }[] {
  return parts
    .map(({ label, from }, index) => ({
      label,
      entries: each.slice(from - 1, (parts[index + 1]?.from ?? each.length + 1) - 1),
    }))
    .filter(({ entries }) => entries.length > 0);
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
