/** One possible answer to a question of the decision helper. */
interface Option<Id extends string> {
  id: Id;
  label: string;
}

/** The questions, in the order in which they are asked, each with its answers. Their ids stand in links. */
export const questions = {
  direction: {
    asks: 'Who has something to say?',
    options: [
      { id: 'down', label: 'The server tells, the client listens' },
      { id: 'both', label: 'Both, and often' },
      { id: 'up', label: 'Mostly the client' },
      { id: 'peers', label: 'Clients to each other, past the server' },
    ],
  },
  rate: {
    asks: 'How often is there news?',
    options: [
      { id: 'rare', label: 'Less than once a minute' },
      { id: 'some', label: 'Up to a few a second' },
      { id: 'fast', label: 'Tens a second and more' },
    ],
  },
  wait: {
    asks: 'How old may it be when it arrives?',
    options: [
      { id: 'minute', label: 'A minute is fine' },
      { id: 'seconds', label: 'A few seconds' },
      { id: 'now', label: 'As young as the network allows' },
    ],
  },
  payload: {
    asks: 'What is in it?',
    options: [
      { id: 'text', label: 'Text, such as JSON' },
      { id: 'binary', label: 'Bytes' },
    ],
  },
  loss: {
    asks: 'What if a message comes late?',
    options: [
      { id: 'all', label: 'I need every one, in order' },
      { id: 'latest', label: 'Only the newest counts' },
    ],
  },
  clients: {
    asks: 'Who are the clients?',
    options: [
      { id: 'browsers', label: 'Browsers' },
      { id: 'programs', label: 'Servers and scripts' },
      { id: 'devices', label: 'Devices on a battery' },
    ],
  },
  network: {
    asks: 'What is in between?',
    options: [
      { id: 'modern', label: 'HTTP/2 or HTTP/3, under my control' },
      { id: 'http1', label: 'HTTP/1.1 up to the client' },
      { id: 'strange', label: 'Proxies that I do not know' },
    ],
  },
  idle: {
    asks: 'How many clients hear nothing most of the time?',
    options: [
      { id: 'few', label: 'Up to thousands' },
      { id: 'many', label: 'Tens of thousands and more' },
    ],
  },
  closed: {
    asks: 'Must it arrive when the page is closed?',
    options: [
      { id: 'no', label: 'No' },
      { id: 'yes', label: 'Yes' },
    ],
  },
} as const satisfies Record<string, { asks: string; options: readonly Option<string>[] }>;

export type QuestionId = keyof typeof questions;

/** The ids of the questions, in their order. */
export const questionIds = Object.keys(questions) as QuestionId[];

/** What somebody has answered; a question that is left open is absent. */
export type Answers = { [Q in QuestionId]?: (typeof questions)[Q]['options'][number]['id'] };
