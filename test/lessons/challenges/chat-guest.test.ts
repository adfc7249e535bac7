import { describe, expect, it } from 'vitest';
import { chatGuest } from '../../../lessons/challenges/chat-guest.ts';
import type { ChatEvent } from '../../../src/contract/chat.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { Opcode } from '../../../src/protocol/opcode.ts';
import { encodeUtf8 } from '../../../src/protocol/utf8.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from '../../derive/written-log.ts';

const handshake = (withOrigin: boolean) => {
  const text = new TextDecoder().decode(sampleRequest).replaceAll('\r\n', '\n');
  const joining = text.replace('/labs/x/echo', '/labs/x/chat?name=Carol');
  return wire(withOrigin ? joining : joining.replace(/Origin: .*\n/, ''));
};
const maskingKey = Uint8Array.of(1, 2, 3, 4);
const text = (payload: string) => ({ opcode: Opcode.text, payload: encodeUtf8(payload) });
const history: ChatEvent = { type: 'history', you: 'Carol', members: ['Carol'], messages: [], missed: 0 };
const ack: ChatEvent = { type: 'ack', clientId: 'c', id: 1 };
const other: ChatEvent = { type: 'message', id: 2, at: 0, name: 'Alice', text: 'welcome' };
const good = '{"type":"message","text":"Hello","clientId":"c"}';

function judge({
  said = [good],
  told = [history, ack, other],
  withOrigin = false,
  path = '/labs/x/chat?name=Carol' as string | null,
}) {
  const log = new WrittenLog()
    .open(1, path)
    .bytes(1, 'client', handshake(withOrigin))
    .bytes(1, 'server', sampleResponse);
  for (const each of said) log.bytes(1, 'client', encodeFrame({ ...text(each), maskingKey }));
  for (const each of told) log.bytes(1, 'server', encodeFrame(text(JSON.stringify(each))));
  return chatGuest.judge(readLog(log.events).connections);
}

describe('A guest from outside', () => {
  it('is passed by a client without an Origin that is acknowledged and hears another, also by hand', () => {
    expect(judge({})).toMatchObject({ passed: true, missing: [] });
    expect(judge({ path: null }).passed).toBe(true);
  });

  it('is not passed by a page, nor by an empty lab', () => {
    expect(judge({ withOrigin: true }).passed).toBe(false);
    expect(chatGuest.judge([]).missing).toHaveLength(1);
  });

  it('names what is missing', () => {
    expect(judge({ said: ['{"type":"message","text":"Hello"}'], told: [history, other] }).missing).toEqual([
      'Its message has no clientId, so there is nothing to acknowledge it by.',
    ]);
    expect(judge({ said: ['Hello'], told: [history, other] }).missing).toEqual([
      'It has not sent a message that the room understands. Its last message was refused: message.',
    ]);
    expect(judge({ told: [history, ack] }).missing).toEqual([
      'It has not heard anybody else since it joined: say something in one of the panes.',
    ]);
    expect(judge({ said: [], told: [] }).missing[0]).toBe('The room did not let it in: that name was taken.');
  });
});
