import { describe, expect, it } from 'vitest';
import { dayOf } from './calendar.js';
import { RandomStream } from './random.js';
import { describeStory, drawStory, largestFactor, storyFactor, type Story } from './story.js';

const start = dayOf('2024-01-01');
const end = dayOf('2026-12-31');

describe('stories', () => {
  const stream = new RandomStream(3, 0, 'process');
  const drawn = Array.from({ length: 2000 }, () => drawStory(stream, start, end));

  it('are all drawn for a long life, and only short ones for a short life', () => {
    const kinds = new Set(drawn.map((story) => story.kind));
    expect([...kinds].sort()).toEqual(['declining', 'growing', 'seasonal', 'steady', 'won-back']);
    const short = Array.from({ length: 500 }, () => drawStory(stream, end - 100, end).kind);
    expect(new Set(short)).toEqual(new Set(['steady', 'seasonal']));
  });

  it('never exceed their largest factor and never fall below nothing', () => {
    for (const story of drawn) {
      const factors: number[] = [];
      for (let day = start; day <= end; day += 9) factors.push(storyFactor(story, day));
      expect(Math.max(...factors)).toBeLessThanOrEqual(largestFactor(story) + 1e-12);
      expect(Math.min(...factors)).toBeGreaterThanOrEqual(0);
    }
  });

  it('a season keeps the yearly mean near 1', () => {
    const story: Story = { kind: 'seasonal', firstMonth: 11, months: 4 };
    let sum = 0;
    for (let day = start; day <= end; day++) sum += storyFactor(story, day);
    expect(sum / (end - start + 1)).toBeCloseTo(1, 1);
    expect(describeStory(story)).toContain('11 月起 4 个月');
  });
});
