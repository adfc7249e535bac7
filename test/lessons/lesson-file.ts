import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../lessons/', import.meta.url);

/** An MDX file of `lessons/`, taken apart. */
export interface LessonFile {
  /** `01-what-is-a-websocket.mdx`, `reference/sandbox-api.mdx` */
  file: string;
  /** The path it is served at. */
  path: string;
  /** The lines between the two `---`. */
  frontMatter: string;
  body: string;
  headings: { depth: number; text: string }[];
}

/** Every page of `lessons/`, lessons first. */
export function lessonFiles(): LessonFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const [, frontMatter = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
      const path = file.replace(/\.mdx$/, '');
      return {
        file,
        path: path.includes('/') ? `/${path}/` : `/lessons/${path.replace(/^\d+-/, '')}/`,
        frontMatter,
        body,
        headings: [...body.replaceAll(/^```.*?^```/gms, '').matchAll(/^(#{2,4}) (.+)$/gm)].map(
          ([, marks = '', heading = '']) => ({ depth: marks.length, text: heading.replaceAll('`', '') }),
        ),
      };
    });
}

/** The files of `lessons/samples/`. */
export const sampleFiles = (): string[] => readdirSync(new URL('samples/', folder));

/** One value of the front matter, without its quotes; `undefined` where the field is missing. */
export const field = ({ frontMatter }: LessonFile, name: string): string | undefined =>
  new RegExp(`^${name}: *(.+)$`, 'm').exec(frontMatter)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');

/** The sources of the front matter. */
export const sources = ({ frontMatter }: LessonFile): { title: string; url: string; why: string }[] =>
  [...frontMatter.matchAll(/^ {2}- title: (.+)\n {4}url: (.+)\n {4}why: (.+)$/gm)].map(
    ([, title = '', url = '', why = '']) => ({ title, url, why }),
  );
