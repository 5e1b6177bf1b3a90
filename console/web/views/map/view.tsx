export function View() {
  return <h1>Map</h1>;
}
