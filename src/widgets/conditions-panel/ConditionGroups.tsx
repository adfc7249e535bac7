import {
  acceptRateField,
  idleField,
  messageFields,
  probabilityField,
  slowCloseField,
  wayFields,
  type NumberField,
  type WordName,
} from './fields.ts';
import { MessageOnce } from './MessageOnce.tsx';
import { NumberControl } from './NumberControl.tsx';
import type { ConditionsInHand } from './use-conditions.ts';
import { WordControl } from './WordControl.tsx';

export interface ConditionGroupsProps extends Pick<ConditionsInHand, 'shown' | 'set' | 'attempt'> {
  labId: string;
}

/** All conditions, in groups. */
export function ConditionGroups({ shown, set, labId, attempt }: ConditionGroupsProps) {
  const number = (field: NumberField) => (
    <NumberControl
      key={field.name}
      field={field}
      value={shown[field.name]}
      onSet={(value) => {
        set({ [field.name]: value });
      }}
    />
  );
  const word = (name: WordName, label: string) => (
    <WordControl
      name={name}
      label={label}
      value={shown[name]}
      onSet={(value) => {
        set({ [name]: value });
      }}
    />
  );
  return (
    <div className="conditions-groups">
      <fieldset>
        <legend>On the way</legend>
        {word('direction', 'Whose bytes')}
        {wayFields.map(number)}
        {word('cutHow', 'Cut how')}
      </fieldset>
      <fieldset>
        <legend>Silence</legend>
        {word('frozen', 'Whose bytes are held')}
        {number(idleField)}
        {word('idleAction', 'A middlebox then')}
        <p className="condition-note">
          What is held arrives on thaw. What a middlebox has forgotten never does.
        </p>
      </fieldset>
      <fieldset>
        <legend>Opening and closing</legend>
        {word('upgrade', 'A proxy on the way, with Upgrade')}
        <label className="check">
          <input
            type="checkbox"
            checked={!shown.accept}
            onChange={(event) => {
              set({ accept: !event.target.checked });
            }}
          />
          The server is down: new connections get an RST
        </label>
        {number(slowCloseField)}
        {number(acceptRateField)}
        {number(probabilityField)}
      </fieldset>
      <fieldset>
        <legend>Messages of the chat, the feed and the stream</legend>
        {word('messageDirection', 'Whose messages')}
        {messageFields.map(number)}
        <MessageOnce labId={labId} attempt={attempt} />
      </fieldset>
    </div>
  );
}
