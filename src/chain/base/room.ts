/** What one link of one walk has looked at. */
export interface Room {
  /** In steps of about 20 µs. */
  taken: number;
}

/**
 * So many steps a link takes on one walk: far more than an account has alarms on the metrics of a control, and few enough
 * that whoever makes alarms can neither fill the memory nor use up the time.
 */
export const MOST_STEPS = 20_000;

/** Once the time for the judgement is over, so many do. */
const STEPS_IN_THE_END = 1_000;

/** Where room is taken: in the context of a link. Without room, nothing is counted. */
interface Watched {
  readonly room?: Room;
  readonly isOver: () => boolean;
}

export function newRoom(): Room {
  return { taken: 0 };
}

/**
 * Takes steps of a link. What it does not look at any more is undecided. Steps are counted, and never timed, so that the
 * same account gets the same answer.
 *
 * @returns whether there was room
 */
export function takeRoom({ room, isOver }: Watched, steps = 1): boolean {
  if (room === undefined) return true;
  if (room.taken >= MOST_STEPS || (room.taken >= STEPS_IN_THE_END && isOver())) return false;
  room.taken += steps;
  return true;
}
