import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t, type MessageKey } from '../../messages/index.ts';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { useAllCommands } from '../../ui/commands.ts';
import { chordText } from '../../ui/keys.ts';
import { matchScore } from './match.ts';
import { closePalette, useOpen } from './open.ts';
import style from './palette.module.css';

interface KeyLine {
  readonly keys: readonly string[];
  readonly text: string;
}

// Keys that belong to a widget and work while it has the focus; those of commands are read from the commands themselves.
const widgetKeys: readonly (readonly [MessageKey, readonly (readonly [readonly string[], MessageKey])[]])[] = [
  [
    'palette.keysGridMove',
    [
      [['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], 'palette.keyMove'],
      [['Mod+ArrowRight'], 'palette.keyEdge'],
      [['Home', 'End'], 'palette.keyRowEnds'],
      [['Mod+Home', 'Mod+End'], 'palette.keyCorners'],
      [['PageUp', 'PageDown'], 'palette.keyPage'],
      [['Alt+PageUp', 'Alt+PageDown'], 'palette.keyWeek'],
      [['Shift+ArrowRight'], 'palette.keyExtend'],
      [['Mod+Space', 'Shift+Space'], 'palette.keyWhole'],
      [['Mod+A'], 'palette.keyAll'],
    ],
  ],
  [
    'palette.keysGridEdit',
    [
      [['A…Z'], 'palette.keyType'],
      [['Enter', 'Tab'], 'palette.keyCommit'],
      [['Escape'], 'palette.keyCancel'],
      [['Delete'], 'palette.keyClear'],
      [['Mod+Enter'], 'palette.keyFillAll'],
      [['Mod+X', 'Mod+C', 'Mod+V'], 'palette.keyClipboard'],
      [['Mod+Shift+V'], 'palette.keyPasteFree'],
      [['Shift+F10'], 'palette.keyMenu'],
    ],
  ],
  [
    'palette.keysTimeline',
    [
      [['ArrowLeft', 'ArrowRight', ',', '.'], 'palette.keyStep'],
      [['PageUp', 'PageDown'], 'palette.keyDay'],
      [['Mod+ArrowLeft', 'Mod+ArrowRight'], 'palette.keyTag'],
      [['J', 'K', 'L'], 'palette.keyPlay'],
      [['I', 'O'], 'palette.keyPins'],
      [['Enter'], 'palette.keyCompare'],
      [['+', '-', '0'], 'palette.keyZoom'],
      [['T', 'G'], 'palette.keyTagGo'],
      [['Escape'], 'palette.keyNow'],
    ],
  ],
  [
    'palette.keysRecords',
    [
      [['/', 'Mod+F'], 'palette.keySearch'],
      [['ArrowUp', 'ArrowDown', 'Home', 'End'], 'palette.keyRecord'],
      [['Enter'], 'palette.keyOpenRecord'],
    ],
  ],
];

/** Every key there is, to look through. */
export function KeysHelp(): React.JSX.Element | null {
  return useOpen() === 'keys' ? <KeysDialog /> : null;
}

function KeysDialog(): React.JSX.Element {
  useFocusReturn();
  const [text, setText] = useState('');
  const commands = useAllCommands();
  const fits = (line: KeyLine): boolean => text.trim() === '' || matchScore(text, line.text, line.keys.map(chordText).join(' ')) > 0;
  const groups = [
    {
      title: t('palette.keysEverywhere'),
      lines: commands
        .filter((command) => command.keys?.length)
        .map((command): KeyLine => ({ keys: command.keys ?? [], text: command.title })),
    },
    ...widgetKeys.map(([title, lines]) => ({ title: t(title), lines: lines.map(([keys, line]): KeyLine => ({ keys, text: t(line) })) })),
  ]
    .map((group) => ({ ...group, lines: group.lines.filter(fits) }))
    .filter((group) => group.lines.length > 0);
  return (
    <Modal opened onClose={closePalette} title={t('palette.keys')} size={920}>
      <TextInput
        data-autofocus
        aria-label={t('palette.keysFilter')}
        placeholder={t('palette.keysFilter')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {groups.length === 0 && <p className={style.nothing}>{t('palette.keysNone', { text })}</p>}
      <div className={style.keysGrid}>
        {groups.map((group) => (
          <section key={group.title} className={style.keysGroup}>
            <h3>{group.title}</h3>
            <dl>
              {group.lines.map((line) => (
                <div key={line.text} className={style.keysLine}>
                  <dt>{line.text}</dt>
                  <dd>
                    {line.keys.map((keys) => (
                      <kbd key={keys} className={style.kbd}>
                        {chordText(keys)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
