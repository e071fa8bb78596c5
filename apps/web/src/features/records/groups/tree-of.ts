import type { GroupPicture } from '@kezi/contract';

/** A tile of the picture; its value is that of the customer and all within, beside the number of the customer. */
export interface Tile {
  name: string;
  /** What the customer is worth alone. */
  own: number;
  value: [sum: number, customerId: number];
  children: Tile[];
}

/**
 * The nodes as tiles within tiles. A customer that has others below it and is worth something itself gets a tile of its own
 * among them. What is worth nothing has no area and is left out.
 */
export function treeOf(nodes: GroupPicture['nodes']): Tile[] {
  const below = new Map<number | null, GroupPicture['nodes']>();
  for (const node of nodes)
    below.set(node.parentCustomerId, [...(below.get(node.parentCustomerId) ?? []), node]);
  const tileOf = (node: GroupPicture['nodes'][number]): Tile => {
    const inside = (below.get(node.customerId) ?? []).map(tileOf).filter((tile) => tile.value[0] > 0);
    const alone: Tile = {
      name: node.name,
      own: node.clv,
      value: [Math.max(0, node.clv), node.customerId],
      children: [],
    };
    if (inside.length === 0) return alone;
    const children = alone.value[0] > 0 ? [alone, ...inside] : inside;
    const sum = children.reduce((all, tile) => all + tile.value[0], 0);
    return { name: node.name, own: node.clv, value: [sum, node.customerId], children };
  };
  const [top] = below.get(null) ?? [];
  if (!top) return [];
  const tile = tileOf(top);
  return tile.children.length > 0 ? tile.children : [tile];
}
