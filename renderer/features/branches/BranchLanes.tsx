import type { BranchGraphModel } from './branch-graph.ts';
import classes from './BranchesScreen.module.css';

export const rowHeight = 76;
const padding = 14;

/** The lanes of the branches, one per row of the list beside them, drawn over its rows. The list says the same in words. */
export function BranchLanes({
  graph,
  chosen,
  width,
}: {
  readonly graph: BranchGraphModel;
  readonly chosen: string | null;
  readonly width: number;
}): React.JSX.Element {
  const step = graph.columns > 1 ? (width - 2 * padding) / (graph.columns - 1) : 0;
  const x = (column: number): number => padding + column * step;
  const y = (row: number): number => row * rowHeight + rowHeight / 2;
  return (
    <svg className={classes['lanes'] ?? ''} width={width} height={graph.lanes.length * rowHeight} aria-hidden>
      {graph.links.map((link) => (
        <path
          key={`${link.kind} ${link.fromRow} ${link.fromColumn} ${link.toRow} ${link.toColumn}`}
          data-kind={link.kind}
          d={(link.kind === 'fork' ? forkPath : mergePath)(x(link.fromColumn), y(link.fromRow), x(link.toColumn), y(link.toRow))}
        />
      ))}
      {graph.lanes.map((lane) => (
        <g key={lane.name} data-chosen={lane.name === chosen || undefined}>
          <line x1={x(lane.from)} x2={x(lane.to)} y1={y(lane.row)} y2={y(lane.row)} />
          {lane.dots.map((dot) => (
            <g key={dot.column} data-mark={dot.mark ?? undefined}>
              {dot.label !== null && <title>{dot.label}</title>}
              {dot.mark === 'merge' ? (
                <rect
                  x={x(dot.column) - 5}
                  y={y(lane.row) - 5}
                  width={10}
                  height={10}
                  transform={`rotate(45 ${x(dot.column)} ${y(lane.row)})`}
                />
              ) : (
                <circle cx={x(dot.column)} cy={y(lane.row)} r={Math.min(6, 3 + Math.log2(dot.commits + 1) / 2)} />
              )}
              {dot.mark === 'tag' && (
                <path className={classes['flag'] ?? ''} d={`M${x(dot.column)} ${y(lane.row) - 6} v-12 h9 l-3 3.5 l3 3.5 h-9`} />
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Along its own lane, then in a soft corner to the lane it is merged into. */
function mergePath(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = Math.min(12, Math.abs(toY - fromY) / 2);
  const way = toY > fromY ? 1 : -1;
  if (toX <= fromX + 2) return `M${fromX} ${fromY} L${toX} ${toY}`;
  return `M${fromX} ${fromY} H${Math.max(fromX, toX - bend)} Q${toX} ${fromY} ${toX} ${fromY + way * bend} V${toY}`;
}

/** Away from the lane in a soft corner, then along the new one. */
function forkPath(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = Math.min(12, Math.abs(toY - fromY) / 2);
  const way = toY > fromY ? 1 : -1;
  if (toX <= fromX + 2) return `M${fromX} ${fromY} L${toX} ${toY}`;
  return `M${fromX} ${fromY} V${toY - way * bend} Q${fromX} ${toY} ${Math.min(toX, fromX + bend)} ${toY} H${toX}`;
}
