import type { HeaderMeaning } from './meaning.ts';
import { requestFieldMeanings } from './request-field-meanings.ts';
import { responseFieldMeanings } from './response-field-meanings.ts';
import { requestPartMeanings, responsePartMeanings } from './start-line-meanings.ts';

export type { HeaderMeaning as Meaning } from './meaning.ts';

/** What a field means in a request or a response; `undefined` for one that we know nothing of. */
export const meaningOf = (fieldName: string, kind: 'request' | 'response'): HeaderMeaning | undefined =>
  lookUp(kind === 'request' ? requestFieldMeanings : responseFieldMeanings, fieldName.toLowerCase());

/**
 * What a part of a head means that is no field: `method`, `target`, `version`, `statusCode`, `reasonPhrase`, `emptyLine`;
 * `undefined` for a part that such a head does not have.
 */
export const meaningOfPart = (part: string, kind: 'request' | 'response'): HeaderMeaning | undefined =>
  lookUp(kind === 'request' ? requestPartMeanings : responsePartMeanings, part);

/** Only the table's own rows: a field called `constructor` is no row. */
const lookUp = (table: Readonly<Record<string, HeaderMeaning>>, name: string): HeaderMeaning | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
