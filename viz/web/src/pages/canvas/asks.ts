/** What a canvas was asked for, as a view keeps it. */

const MOST_ASKED = 5_000;

export interface Ask {
  /** The object that was expanded; empty for what links the objects of `among`. */
  node: string;
  among?: string[];
  types: string[];
  limit: number;
  first?: string;
  last?: string;
  sample?: boolean;
}

/** The question to the service behind an ask. */
export const queryOf = ({ node, types, limit, first, last, sample }: Ask) => ({
  node,
  limit: Math.min(limit, MOST_ASKED),
  ...(types.length ? { type: types } : {}),
  ...(first ? { first } : {}),
  ...(last ? { last } : {}),
  ...(sample ? { sample } : {}),
});

export type PathAsk = {
  a: string;
  b: string;
  ordered: boolean;
  max_hops: number;
  k: number;
  type?: string[];
  first?: string;
  last?: string;
  least_yuan?: number;
};

/** A path that was added: the question it answered, and its stations, to find it again among the answers. */
export interface PathKept {
  ask: PathAsk;
  stations: string[];
}
