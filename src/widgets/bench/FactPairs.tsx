import type { ComponentProps, ReactNode } from 'react';

/** What is known, as pairs of a name and its value; each name once. */
export type Facts = readonly (readonly [name: string, value: ReactNode])[];

/** Names and their values, a line each. */
export function FactPairs({ facts, ...rest }: ComponentProps<'dl'> & { facts: Facts }) {
  return (
    <dl {...rest}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
