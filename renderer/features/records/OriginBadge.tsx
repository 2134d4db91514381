import { Tooltip } from '@mantine/core';
import { IconGift, IconPencil, IconUser, IconUsers } from '@tabler/icons-react';
import style from './record.module.css';

export type BadgeKind = 'shared' | 'mine' | 'offered' | 'typed';

const glyphs = { shared: IconUsers, mine: IconUser, offered: IconGift, typed: IconPencil } as const;

/** Where a value comes from, as a glyph and a word; the whole story on hover and on focus. */
export function OriginBadge({
  kind,
  label,
  title,
}: {
  readonly kind: BadgeKind;
  readonly label: string;
  readonly title?: string | undefined;
}): React.JSX.Element {
  const Glyph = glyphs[kind];
  const badge = (
    <span className={style.badge} data-kind={kind}>
      <Glyph size={12} stroke={1.9} aria-hidden />
      {label}
    </span>
  );
  return title === undefined ? (
    badge
  ) : (
    <Tooltip label={title} multiline maw={320}>
      {badge}
    </Tooltip>
  );
}
