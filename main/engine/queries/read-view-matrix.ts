import type { Origin, ViewMatrix } from '../../../shared/contract/app/views.ts';
import { EntityId, type Instant, type Moment } from '../../../shared/ids.ts';
import { valueOf, type Fields } from '../../../shared/json.ts';
import { isMaskable, maskFields, maskIdentifier } from '../../../shared/roster/mask-identifier.ts';
import { sameJson } from '../../../shared/versioning/canonical.ts';
import type { Place } from '../local-store/store.ts';
import type { Asker, StoreReader } from '../reader.ts';
import { identifierOf } from '../views/describe-seen.ts';
import { placeAndInstant, viewTypeOf } from '../views/own-record.ts';
import { seeOffer } from '../views/standing-offers.ts';
import { userName } from '../words/user-name.ts';
import { findViewSides, sharedName, type ViewSides } from '../views/view-sides.ts';
import { textOfValue } from '../words/field-changes.ts';
import { namesAt } from '../words/names-at.ts';

export interface MatrixRequest {
  readonly type: string;
  readonly id: string;
  readonly branch: string;
  readonly at?: Moment | undefined;
  readonly mask: boolean;
}

interface MatrixColumn {
  readonly head: ViewMatrix['columns'][number];
  readonly fields: Fields;
  originOf(field: string): Origin;
}

/** The shared record, one's own version and everything that was offered, field by field. Others have no column. */
export function readViewMatrix(store: StoreReader, asker: Asker, request: MatrixRequest): ViewMatrix {
  const { type, id, mask } = request;
  const definition = viewTypeOf(type);
  const { place, instant } = placeAndInstant(store, request.branch, request.at);
  const sides = findViewSides(asker, { type, id, place, at: instant });
  const columns = columnsOf(asker, sides, sharedAt(asker, { type, id, place }));
  const [shared] = columns;
  const masked = mask && isMaskable(definition);
  const names = namesAt(store, place);
  const identifier = identifierOf(definition, sides);
  const shown = columns.map(({ fields }) => (masked ? maskFields(definition, fields) : fields));
  const rows = Object.keys(definition.fields)
    .filter((field) => columns.some(({ fields }) => valueOf(fields, field) !== null))
    .map((field) => ({
      field,
      label: definition.fields[field]?.label ?? field,
      differs: columns.some(({ fields }) => !sameJson(valueOf(fields, field), valueOf(shared?.fields ?? {}, field))),
      cells: columns.map(({ originOf }, column) => {
        const value = valueOf(shown[column] ?? {}, field);
        return { value, text: textOfValue(definition, field, value, names), origin: originOf(field) };
      }),
    }));
  return {
    type,
    id: EntityId.parse(id),
    identifier: masked ? maskIdentifier(identifier) : identifier,
    title: definition.title((sides.mine ?? sides.shared).fields, names),
    columns: columns.map(({ head }) => head),
    rows,
    differing: rows.filter(({ differs }) => differs).length,
    total: rows.length,
  };
}

function columnsOf({ userId, users }: Asker, { shared, mine, mineName, offers }: ViewSides, sharedSince: Instant | null): MatrixColumn[] {
  return [
    {
      head: { kind: 'shared', user: null, name: sharedName, number: null, at: sharedSince, offer: null },
      fields: shared.fields,
      originOf: () => 'shared',
    },
    ...(mine === null
      ? []
      : [
          {
            head: {
              kind: 'mine' as const,
              user: userId,
              name: mineName,
              number: mine.number,
              at: mine.version?.at ?? null,
              offer: null,
            },
            fields: mine.fields,
            originOf: mine.originOf,
          },
        ]),
    ...offers.map((standing): MatrixColumn => {
      const { from, offer, version } = standing;
      const seen = seeOffer(shared, standing);
      return {
        head: {
          kind: 'offered',
          user: users.nameOf(from) === null ? null : from,
          name: userName(users, from),
          number: version.number,
          at: offer.at,
          offer: EntityId.parse(offer.offer),
        },
        fields: seen.fields,
        originOf: seen.originOf,
      };
    }),
  ];
}

/** When the shared record came to say what it says. */
function sharedAt(
  { whole }: Asker,
  { type, id, place }: { readonly type: string; readonly id: string; readonly place: Place },
): Instant | null {
  return whole.versionsOf(type, id, place).at(-1)?.commit.at ?? null;
}
