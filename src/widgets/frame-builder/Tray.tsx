import { formatBytes } from '../../ui/units.ts';
import { maxTrayFrames, type BuilderAction, type BuilderState } from './builder-state.ts';
import { lineOf } from './describe-bytes.ts';
import { newFrame } from './new-frame.ts';

/** The frames in the order in which they are sent; one of them is being edited. */
export function Tray({ state, act }: { state: BuilderState; act: (action: BuilderAction) => void }) {
  const { items, selected, past } = state;
  const at = items.findIndex(({ id }) => id === selected);
  const button = (label: string, action: BuilderAction, disabled: boolean) => (
    <button
      type="button"
      className="bench-button quiet"
      disabled={disabled}
      onClick={() => {
        act(action);
      }}
    >
      {label}
    </button>
  );
  return (
    <section className="tray" aria-label="Tray">
      <ol>
        {items.map(({ id, bytes, problem, invalid }, index) => {
          const isUnfinished = problem !== undefined || Object.keys(invalid).length > 0;
          return (
            <li key={id}>
              <button
                type="button"
                aria-pressed={id === selected}
                onClick={() => {
                  act({ type: 'select', id });
                }}
              >
                <span className="chip-number">{index + 1}</span>
                <span className="tray-line">{lineOf(bytes)}</span>
                <span className="tray-size">
                  {formatBytes(bytes.length)}
                  {isUnfinished && ', unfinished'}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button quiet"
          disabled={items.length >= maxTrayFrames}
          onClick={() => {
            act({ type: 'add', bytes: newFrame() });
          }}
        >
          Add a frame
        </button>
        {button('Earlier', { type: 'move', by: -1 }, at <= 0)}
        {button('Later', { type: 'move', by: 1 }, at === items.length - 1)}
        {button('Remove', { type: 'remove' }, items.length === 1)}
        {button('Undo', { type: 'undo' }, past.length === 0)}
      </div>
    </section>
  );
}
