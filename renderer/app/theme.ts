import { createTheme, defaultVariantColorsResolver, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { t } from '../messages/index.ts';

const blue: MantineColorsTuple = [
  '#eef3fd',
  '#dce6fa',
  '#b6caf4',
  '#8caced',
  '#6a92e8',
  '#4c78df',
  '#2f5fd0',
  '#2751b5',
  '#20449a',
  '#193680',
];

// Mantine draws fields, menus and switches of the dark scheme from these.
const dark: MantineColorsTuple = [
  '#e7ebf2',
  '#b3bdcc',
  '#8e99aa',
  '#5b6678',
  '#3b4453',
  '#2a313d',
  '#1a1f28',
  '#181c24',
  '#12151b',
  '#0e1116',
];

/** The controls' look, brought in line with the product's own colours and density. */
export const theme = createTheme({
  fontFamily: 'var(--rl-font)',
  fontFamilyMonospace: 'var(--rl-mono)',
  primaryColor: 'rosterline',
  primaryShade: { light: 6, dark: 4 },
  colors: { rosterline: blue, dark },
  defaultRadius: 6,
  fontSizes: { xs: '11.5px', sm: '12.5px', md: '13px', lg: '15px', xl: '18px' },
  headings: { fontFamily: 'var(--rl-font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const primary = input.color === undefined || input.color === 'rosterline' || input.color === input.theme.primaryColor;
    if (!primary) return colors;
    if (input.variant === 'filled')
      return {
        background: 'var(--rl-accent)',
        hover: 'color-mix(in srgb, var(--rl-accent) 88%, var(--rl-text))',
        color: 'var(--rl-accent-text)',
        border: 'none',
      };
    if (input.variant === 'light')
      return {
        background: 'var(--rl-accent-soft)',
        hover: 'color-mix(in srgb, var(--rl-accent-soft) 85%, var(--rl-accent))',
        color: 'var(--rl-accent)',
        border: 'none',
      };
    if (input.variant === 'subtle')
      return { background: 'transparent', hover: 'var(--rl-accent-soft)', color: 'var(--rl-accent)', border: 'none' };
    return colors;
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 28 } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    // Mantine's `<header>` would be a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 100 },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': t('common.close') },
      },
      styles: { title: { fontSize: 15, fontWeight: 600, letterSpacing: '-0.01em' } },
    },
  },
});

/** Mantine's own colour names, answered by the product's. */
export const cssVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--rl-raised)',
    '--mantine-color-text': 'var(--rl-text)',
    '--mantine-color-bright': 'var(--rl-text)',
    '--mantine-color-dimmed': 'var(--rl-text-2)',
    '--mantine-color-placeholder': 'var(--rl-text-3)',
    '--mantine-color-default': 'var(--rl-surface)',
    '--mantine-color-default-hover': 'var(--rl-sunken)',
    '--mantine-color-default-color': 'var(--rl-text)',
    '--mantine-color-default-border': 'var(--rl-line-strong)',
    '--mantine-color-anchor': 'var(--rl-accent)',
    '--mantine-color-error': 'var(--rl-removed)',
    '--mantine-primary-color-filled': 'var(--rl-accent)',
    '--mantine-color-rosterline-filled': 'var(--rl-accent)',
    '--mantine-color-rosterline-outline': 'var(--rl-accent)',
    '--mantine-color-rosterline-text': 'var(--rl-accent)',
  };
  // What is drawn on Mantine's pale green, and on a pressed button in the dark, would be too faint to read.
  const light = { ...both, '--mantine-color-green-light-color': 'color-mix(in srgb, var(--mantine-color-green-9) 75%, black)' };
  const dark = { ...both, '--mantine-color-rosterline-filled-hover': 'var(--mantine-color-rosterline-3)' };
  return { variables: {}, light, dark };
};
