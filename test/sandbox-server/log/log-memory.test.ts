import { describe, expect, it } from 'vitest';
import { LogMemory } from '../../../sandbox-server/log/log-memory.ts';
import { WireLog } from '../../../sandbox-server/log/wire-log.ts';

const bounds = { maxLogBytes: 1 << 24, maxLogEvents: 100_000 };

describe('LogMemory', () => {
  it('has the largest log drop its oldest when all together are too large', () => {
    const memory = new LogMemory(4 << 20);
    const large = new WireLog(bounds, memory);
    const small = new WireLog(bounds, memory);
    small.appendBytes(1, 'client', [Buffer.alloc(100)], 0, 0);
    for (let index = 0; index < 20_000; index++)
      large.appendBytes(1, 'client', [Buffer.alloc(1000)], index, index);
    expect(memory.bytes).toBeLessThanOrEqual(4 << 20);
    expect(small.droppedEvents).toBe(0);
    expect(large.droppedEvents).toBeGreaterThan(15_000);
    expect(large.eventCount).toBeGreaterThan(1000);
    expect(large.after(large.lastSeq - 1)).toHaveLength(1);
  });

  it('counts what is in use, and nothing of a log that was closed', () => {
    const memory = new LogMemory(1 << 30);
    const logs = Array.from({ length: 5 }, () => new WireLog(bounds, memory));
    for (const log of logs) log.appendBytes(1, 'client', [Buffer.alloc(50_000)], 0, 0);
    expect(memory.bytes).toBe(logs.reduce((sum, log) => sum + log.memoryBytes, 0));
    for (const log of logs) log.close();
    expect(memory.bytes).toBe(0);
  });

  it('does not spin where even the blocks that are written to are too much', () => {
    const memory = new LogMemory(1);
    const log = new WireLog(bounds, memory);
    log.appendBytes(1, 'client', [Buffer.alloc(50_000)], 0, 0);
    log.appendBytes(1, 'client', [Buffer.alloc(50_000)], 0, 0);
    expect(log.lastSeq).toBe(2);
  });
});
