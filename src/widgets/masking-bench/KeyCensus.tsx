import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { censusOfKeys } from '../../derive/masking-keys.ts';

const count = new Intl.NumberFormat('en');

/** How often the masking-keys of this browser have repeated in this lab, measured. */
export function KeyCensus({ connections }: { connections: readonly Connection[] }) {
  const { frames, keys, expectedPairs } = useMemo(() => censusOfKeys(connections), [connections]);
  return (
    <p className="key-census" role="status">
      {frames === 0 ? (
        'No masked frame of this browser in the log yet.'
      ) : (
        <>
          Measured: <strong>{count.format(frames)}</strong> masked frames of this browser in this lab,{' '}
          <strong>{count.format(keys)}</strong> different keys{repeated(frames, keys)}.
          {expectedPairs > 0 &&
            ` Of 4,294,967,296 keys, chance would give two of so many frames the same in about 1 of ${count.format(Number((1 / expectedPairs).toPrecision(2)))} such series.`}
        </>
      )}
    </p>
  );
}

const repeated = (frames: number, keys: number): string =>
  frames === keys ? ', none twice' : `, so ${count.format(frames - keys)} were used before`;
