import { useStore } from '@nanostores/react';
import { formatMs } from '../../ui/units.ts';
import { cellWords, layerWords } from './cell-words.ts';
import { illnesses, type Illness } from './illnesses.ts';
import { $runs } from './lie-store.ts';
import { layers } from './patients.ts';
import type { Diagnosis } from './run-illness.ts';

export interface LieTableProps {
  disabled: boolean;
  onRun: (illness: Illness) => void;
}

/** Illnesses and layers: which layer noticed, after how long, and what it costs. Each cell is a measured run. */
export function LieTable({ disabled, onRun }: LieTableProps) {
  const { seen, running } = useStore($runs);
  return (
    <table className="lie-table">
      <caption className="sr-only">What each heartbeat made of each illness, as measured</caption>
      <thead>
        <tr>
          <th scope="col">Illness</th>
          {layers.map((layer) => (
            <th key={layer} scope="col">
              {layerWords[layer].label}
              <span className="lie-small">{layerWords[layer].says}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {illnesses.map((illness) => (
          <LieRow
            key={illness.id}
            illness={illness}
            diagnosis={seen[illness.id]}
            running={running === illness.id}
            disabled={disabled || running !== undefined}
            onRun={onRun}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LieRowProps extends LieTableProps {
  illness: Illness;
  diagnosis: Diagnosis | undefined;
  running: boolean;
}

function LieRow({ illness, diagnosis, running, disabled, onRun }: LieRowProps) {
  return (
    <tr data-running={running ? '' : undefined}>
      <th scope="row">
        <span className="lie-name">{illness.label}</span>
        <span className="lie-small">{illness.made}</span>
        <button
          type="button"
          className="bench-button quiet"
          aria-label={`${diagnosis ? 'Run again' : 'Run'}: ${illness.label}`}
          disabled={disabled}
          onClick={() => {
            onRun(illness);
          }}
        >
          {diagnosis ? 'Run again' : 'Run'}
        </button>
        <span className="lie-small">{diagnosis && `lasted ${formatMs(diagnosis.lastedMs)}`}</span>
      </th>
      {layers.map((layer) => (
        <td key={layer} data-label={layerWords[layer].label}>
          <LieCell layer={layer} illness={illness} diagnosis={diagnosis} />
        </td>
      ))}
    </tr>
  );
}

function LieCell({
  layer,
  illness,
  diagnosis,
}: {
  layer: (typeof layers)[number];
  illness: Illness;
  diagnosis: Diagnosis | undefined;
}) {
  if (!diagnosis) return <span className="lie-empty">not measured yet</span>;
  const cell = diagnosis.cells[layer];
  const { isTrue, verdict, evidence } = cellWords(layer, illness, cell, diagnosis.everyMs);
  const computed = layer === 'tcp' ? ', computed' : '';
  return (
    <>
      <span className="lie-verdict" data-true={isTrue}>
        <span aria-hidden="true">{isTrue ? '✓' : '✗'}</span> {verdict}
      </span>
      <span className="lie-small">{evidence}</span>
      <span className="lie-small lie-cost">
        {cell.bytesPerMinute === undefined
          ? 'no whole question before'
          : `${cell.bytesPerMinute.toLocaleString('en')} bytes a minute${computed}`}
      </span>
    </>
  );
}
