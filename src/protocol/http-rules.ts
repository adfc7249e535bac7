import type { Rule } from './rule.ts';

/** Rules of HTTP/1.1 for the form of a head (RFC 9112, RFC 9110 §5). */
export const httpRules = {
  requestLineSyntax: {
    id: 'request-line-syntax',
    section: 'RFC 9112 §3',
    says: 'The request line is a method, a request-target and a version, separated by single spaces.',
  },
  statusLineSyntax: {
    id: 'status-line-syntax',
    section: 'RFC 9112 §4',
    says: 'The status line is a version, a status code of three digits and a reason phrase, which may be empty, separated by single spaces.',
  },
  noLeadingEmptyLine: {
    id: 'no-leading-empty-line',
    section: 'RFC 9112 §2.2',
    says: 'No empty line stands before the start line.',
  },
  lineEnding: {
    id: 'line-ending',
    section: 'RFC 9112 §2.1, §2.2',
    says: 'Each line ends with CR LF, and neither CR nor LF stands alone.',
  },
  spaceBeforeColon: {
    id: 'space-before-colon',
    section: 'RFC 9112 §5.1',
    says: 'No space stands between a field name and its colon.',
  },
  fieldName: {
    id: 'field-name',
    section: 'RFC 9112 §5; RFC 9110 §5.1, §5.6.2',
    says: 'Each field line has a name and a colon, and the name is a token: letters, digits and some signs.',
  },
  noLineFolding: {
    id: 'no-line-folding',
    section: 'RFC 9112 §2.2, §5.2',
    says: 'No field line begins with a space: a value is not continued on the next line.',
  },
  fieldValue: {
    id: 'field-value',
    section: 'RFC 9110 §5.5',
    says: 'A field value holds no control characters but the tab.',
  },
  headEnd: {
    id: 'head-end',
    section: 'RFC 9112 §2.1',
    says: 'An empty line ends the head.',
  },
  headSize: {
    id: 'head-size',
    section: 'RFC 9110 §5.4',
    says: 'The head stays within the size that its reader takes.',
  },
} as const satisfies Record<string, Rule>;
