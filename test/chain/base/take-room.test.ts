import { expect } from 'chai';

import { MOST_STEPS, newRoom, takeRoom } from '../../../src/chain/base/room.ts';

describe('taking room', () => {
  const inTime = () => false;
  const over = () => true;

  it('counts nothing where there is no limit', () => {
    expect(takeRoom({ isOver: over }, MOST_STEPS + 1)).to.equal(true);
  });

  it('takes one step, or as many as are said', () => {
    const room = newRoom();
    expect(takeRoom({ room, isOver: inTime })).to.equal(true);
    expect(room.taken).to.equal(1);
    expect(takeRoom({ room, isOver: inTime }, 20)).to.equal(true);
    expect(room.taken).to.equal(21);
  });

  it('ends when all steps are taken, and takes nothing then', () => {
    const last = { taken: MOST_STEPS - 1 };
    expect(takeRoom({ room: last, isOver: inTime })).to.equal(true);
    expect(takeRoom({ room: last, isOver: inTime })).to.equal(false);
    expect(last.taken).to.equal(MOST_STEPS);
  });

  it('ends after a twentieth of the steps where the time is over', () => {
    const room = { taken: MOST_STEPS / 20 - 1 };
    expect(takeRoom({ room, isOver: over })).to.equal(true);
    expect(takeRoom({ room, isOver: over })).to.equal(false);
    expect(takeRoom({ room, isOver: inTime })).to.equal(true);
  });
});
