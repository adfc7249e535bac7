import { isRecord } from './result.ts';

/** The JSON body of every refusal of the sandbox. */
export interface ApiError {
  error: {
    /** Stable, for programs: `lab-not-found`, `too-many-labs`, … */
    code: string;
    /** What was wrong and what was expected. */
    message: string;
    /** What to do next. */
    hint: string;
    /** The field that was wrong, where there is one. */
    field?: string;
  };
}

/** Whether an answer's body is one of our refusals. */
export const isApiError = (body: unknown): body is ApiError =>
  isRecord(body) &&
  isRecord(body['error']) &&
  typeof body['error']['code'] === 'string' &&
  typeof body['error']['message'] === 'string' &&
  typeof body['error']['hint'] === 'string';
