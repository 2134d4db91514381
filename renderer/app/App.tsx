/** The window: connects to the engine and shows the screen that the position names. */
export function App(): React.JSX.Element {
  return <main />;
}
