import { CodedError } from '@kezi/contract/errors';

interface Share {
  running: number;
  waiting: Set<() => void>;
}

/**
 * Keeps one user from taking every connection to the database: so many pieces of work of a user run at once, the others
 * wait for them in their order, and those of other users are not held up.
 */
export class UserShares {
  private readonly shares = new Map<number, Share>();

  /**
   * @param most pieces of work of one user at once
   * @param patienceMs how long one waits before it is given up
   */
  constructor(
    private readonly most: number,
    private readonly patienceMs = 10_000,
  ) {}

  /** @throws CodedError app.server_busy when the user's other work takes too long */
  async run<T>(userId: number, work: () => Promise<T>): Promise<T> {
    const share = this.shares.get(userId) ?? { running: 0, waiting: new Set() };
    this.shares.set(userId, share);
    if (share.running < this.most) share.running += 1;
    else await this.turnOf(share);
    try {
      return await work();
    } finally {
      const [next] = share.waiting;
      // The place goes from hand to hand, so that nobody who has just come is faster.
      if (next) next();
      else {
        share.running -= 1;
        if (share.running === 0) this.shares.delete(userId);
      }
    }
  }

  private turnOf(share: Share): Promise<void> {
    return new Promise((go, giveUp) => {
      const turn = () => {
        clearTimeout(patience);
        share.waiting.delete(turn);
        go();
      };
      const patience = setTimeout(() => {
        share.waiting.delete(turn);
        giveUp(new CodedError('app.server_busy'));
      }, this.patienceMs);
      share.waiting.add(turn);
    });
  }
}
