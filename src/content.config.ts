import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** Something outside that a lesson rests on. A link for reading: the site itself fetches nothing. */
const source = z.strictObject(
  {
    title: z.string().min(3),
    url: z.url({ protocol: /^https$/, error: 'a source is an https:// address' }),
    /** What the reader finds there, in a few words. */
    why: z.string().min(3),
  },
  { error: 'a source is { title, url, why }' },
);

/** What a lesson adds to Starlight's front matter. Reference pages leave it out; `lessons()` asks it of every lesson. */
const lessonFields = z.object({
  order: z.int('order is the number that the file name begins with').positive().optional(),
  minutes: z.int('minutes is how long the lesson takes, a whole number').min(3).max(60).optional(),
  sources: z.array(source).min(1, 'a lesson names at least one source').optional(),
});

/** `01-what-is-a-websocket.mdx` is served as `/lessons/what-is-a-websocket/`, `reference/x.mdx` as `/reference/x/`. */
const idOf = (entry: string): string => {
  const path = entry.replace(/\.mdx$/, '');
  return path.includes('/') ? path : `lessons/${path.replace(/^\d+-/, '')}`;
};

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './lessons', pattern: '**/*.mdx', generateId: ({ entry }) => idOf(entry) }),
    schema: docsSchema({ extend: lessonFields }),
  }),
};
