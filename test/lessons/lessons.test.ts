import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { field, lessonFiles, sampleFiles, sources } from './lesson-file.ts';

/** The steps of a lesson, in their order (DESIGN: anatomy of a lesson). */
const anatomy = [
  'The question',
  'Your prediction',
  'The bench',
  'What just happened',
  'Break it',
  'The code',
  'Traps',
  'Challenge',
  'Three sentences to remember',
  'Where to read more',
];

/** The sections that RFC 6455 has, as far down as lessons cite them. */
const sectionsOfRfc6455 = [
  '1 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 2 2.1 3 4 4.1 4.2 4.2.1 4.2.2 4.3 4.4',
  '5 5.1 5.2 5.3 5.4 5.5 5.5.1 5.5.2 5.5.3 5.6 5.7 5.8 6 6.1 6.2',
  '7 7.1 7.1.1 7.1.2 7.1.3 7.1.4 7.1.5 7.1.6 7.1.7 7.2 7.2.1 7.2.2 7.2.3 7.3 7.4 7.4.1 7.4.2 8 8.1',
  '9 9.1 9.2 10 10.1 10.2 10.3 10.4 10.5 10.6 10.7 10.8 11 11.1 11.2 11.3 11.4 11.5 11.6 11.7 11.8',
].flatMap((line) => line.split(' '));

const pages = lessonFiles();
const lessons = pages.filter(({ file }) => /^\d+-/.test(file));
const paths = new Set(['/', ...pages.map(({ path }) => path)]);

/** The anchor of a heading, as the site makes it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

it('finds the lessons', () => {
  expect(lessons.length).toBeGreaterThanOrEqual(2);
});

describe.each(lessons.map((lesson) => [lesson.file, lesson] as const))('%s', (file, lesson) => {
  it('has a title, and a description of one sentence or two', () => {
    expect(field(lesson, 'title')).toBeTruthy();
    expect(field(lesson, 'description')).toMatch(/^.{40,160}\.$/);
  });

  it('carries its number in the file name and in order, and says how long it takes', () => {
    expect(Number(field(lesson, 'order'))).toBe(Number.parseInt(file, 10));
    expect(Number(field(lesson, 'minutes'))).toBeGreaterThanOrEqual(3);
  });

  it('names its sources, each https and with a reason', () => {
    const named = sources(lesson);
    expect(named).toHaveLength(lesson.frontMatter.match(/^ {2}- /gm)?.length ?? 0);
    expect(named.length).toBeGreaterThan(0);
    for (const { url, why } of named) {
      expect(new URL(url).protocol).toBe('https:');
      expect(why.length).toBeGreaterThan(10);
    }
  });

  it('takes the steps of a lesson, in their order and no others', () => {
    expect(lesson.headings.filter(({ depth }) => depth === 2).map(({ text }) => text)).toEqual(anatomy);
  });

  it('says three sentences to remember', () => {
    const part = /## Three sentences to remember\n(.*?)\n## /s.exec(lesson.body)?.[1] ?? '';
    expect(part.match(/^\d\. .+\.$/gm)).toHaveLength(3);
  });

  it('asks for a prediction and meets it again with the same name', () => {
    const asked = [...lesson.body.matchAll(/<Predict\s+name="([\w-]+)"/g)].map(([, name]) => name);
    const answered = [...lesson.body.matchAll(/<PredictAnswer\s+name="([\w-]+)"/g)].map(([, name]) => name);
    expect(asked.length).toBeGreaterThan(0);
    expect(answered).toEqual(asked);
  });

  it('has a live widget', () => {
    expect(lesson.body).toMatch(/<\w+ client:(load|visible|idle)[^>]* \/>/);
  });
});

describe.each(pages.map((page) => [page.file, page] as const))('%s', (_, page) => {
  it('quotes only samples that there are', () => {
    const quoted = [...page.body.matchAll(/<Sample\s+file="([^"]+)"/g)].map(([, sample]) => sample);
    expect(sampleFiles()).toEqual(expect.arrayContaining(quoted));
  });

  it('tells the reader to run only samples that there are', () => {
    const run = [...page.body.matchAll(/lessons\/samples\/([\w.-]+\.\w+)/g)].map(([, sample]) => sample);
    expect(sampleFiles()).toEqual(expect.arrayContaining(run));
  });

  it('cites RFC 6455 by sections that it has', () => {
    const cited = [...page.body.matchAll(/<Source rfc=\{6455\} section="([^"]+)"/g)].map(
      ([, section]) => section,
    );
    expect(sectionsOfRfc6455).toEqual(expect.arrayContaining(cited));
  });

  it('links to the outside by https only', () => {
    expect(page.body.match(/\]\(http:[^)]*\)|href="http:[^"]*"/g)).toBeNull();
  });
});

describe('links within the site', () => {
  const root = new URL('../../', import.meta.url);
  const parts = ['src/pages/', 'src/components/'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => ({
        file: folder + file,
        text: readFileSync(new URL(folder + file, root), 'utf8'),
      })),
  );
  const links = [...pages.map(({ file, body }) => ({ file, text: body })), ...parts].flatMap(
    ({ file, text }) =>
      [...text.matchAll(/(?:\]\(|href[=:] ?["'])(\/[^)"']*)/g)].map(([, to = '']) => [file, to] as const),
  );

  it('are found', () => {
    expect(links.length).toBeGreaterThan(4);
  });

  it.each(links)('%s links to %s, which is there', (_, to) => {
    const [path = '', id] = to.split('#');
    expect(paths).toContain(path);
    if (id === undefined) return;
    const headings = pages.find((page) => page.path === path)?.headings ?? [];
    expect(headings.map(({ text }) => anchor(text))).toContain(id);
  });
});

it('every sample is quoted by a lesson', () => {
  const text = pages.map(({ body }) => body).join('\n');
  expect(sampleFiles().filter((sample) => !text.includes(`file="${sample}"`))).toEqual([]);
});
