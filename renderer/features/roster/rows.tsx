import type { GridRow } from '../../ui/grid/model.ts';
import { t } from '../../messages/index.ts';
import type { ModelGroup, ModelPerson, RosterModel, ShownCell } from './roster-model.ts';
import style from './roster.module.css';

const rowHeight = 28;
const stackedHeight = 25;
const groupHeight = 24;

// A line of the model keeps its identity while nothing on it changes; so does the row made of it.
const rowOf = new WeakMap<ModelGroup | ModelPerson, GridRow<ShownCell>>();

/** The model's lines as rows of the grid. */
export function gridRows(model: RosterModel): readonly GridRow<ShownCell>[] {
  return model.rows.map((line) => {
    const known = rowOf.get(line);
    if (known) return known;
    const row = line.kind === 'group' ? groupRow(line) : personRow(line);
    rowOf.set(line, row);
    return row;
  });
}

function groupRow(group: ModelGroup): GridRow<ShownCell> {
  return {
    key: group.key,
    kind: 'group',
    height: groupHeight,
    name: `${group.label}, ${t('roster.groupCount', { count: group.count })}`,
    header: (
      <span className={style.groupHeader}>
        {group.label}
        <span>{group.count}</span>
      </span>
    ),
    cells: () => [],
  };
}

function personRow(line: ModelPerson): GridRow<ShownCell> {
  const { person, clashes } = line;
  const said = clashes > 0 ? [t('roster.rowClashes', { count: clashes })] : [];
  return {
    key: line.key,
    kind: 'row',
    height: line.depth > 1 ? line.depth * stackedHeight : rowHeight,
    name: [person.name, person.level, ...said].filter((part) => part !== '').join(', '),
    header: (
      <span className={style.personHeader}>
        <span className={style.personName} title={person.name}>
          {person.name}
        </span>
        {clashes > 0 && (
          <span className={style.rowBadge} data-severity={line.worst} title={said[0]}>
            ▲ {clashes}
          </span>
        )}
      </span>
    ),
    cells: line.cells,
  };
}
